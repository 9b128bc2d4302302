// Sending what waits: each sheet once, however often it is tried. A token is fetched first, because the page may be old.

const AT_ONCE = 10;

const alone = (act) => (navigator.locks ? navigator.locks.request("highroad-station-send", act) : act());

// Resolves with the headers for sending, or throws an Error whose message is the name of a sentence.
export async function headersFor(address, account) {
  let told;
  try {
    const answer = await fetch(address, { cache: "no-store", credentials: "same-origin" });
    if (answer.redirected || [401, 403, 404].includes(answer.status)) throw new Error("signedOut");
    if (!answer.ok) throw new Error("noLine");
    told = await answer.json();
  } catch (error) {
    throw error.message === "signedOut" ? error : new Error("noLine");
  }
  if (told.account !== account) throw new Error("somebodyElse");
  return { "X-CSRFToken": told.csrf, "Highroad-Account": account };
}

// Sends drafts that are ready; `became(draft, answers)` hears of each. Resolves with the name of what went wrong, or "".
export function send(drafts, account, became) {
  return alone(async () => {
    for (const [address, waiting] of byAddress(drafts)) {
      try {
        const headers = { ...(await headersFor(address, account)), "Content-Type": "application/json" };
        for (let at = 0; at < waiting.length; at += AT_ONCE) await sendSome(address, headers, waiting.slice(at, at + AT_ONCE), became);
      } catch (error) {
        return error.message || "noLine";
      }
    }
    return "";
  });
}

async function sendSome(address, headers, drafts, became) {
  const sheets = drafts.flatMap((one) => one.rows);
  let answer;
  try {
    answer = await fetch(address, { method: "POST", headers, body: JSON.stringify({ sheets }), credentials: "same-origin" });
  } catch {
    throw new Error("noLine");
  }
  if (answer.redirected || answer.status === 403) throw new Error("signedOut");
  if (answer.status === 409) throw new Error("somebodyElse");
  const told = await answer.json().catch(() => null);
  if (!told?.sheets) {
    // Refused as a whole: said at each, and each can be opened.
    if (!told?.sentence) throw new Error("noLine");
    for (const one of drafts) await became(one, one.rows.map(({ uid }) => ({ uid, state: "waits", sentence: told.sentence })));
    return;
  }
  const byUid = new Map(told.sheets.map((one) => [one.uid, one]));
  for (const one of drafts) await became(one, one.rows.map(({ uid }) => byUid.get(uid)).filter(Boolean));
}

function byAddress(drafts) {
  const found = new Map();
  for (const one of drafts) found.set(one.send, [...(found.get(one.send) ?? []), one]);
  return found;
}
