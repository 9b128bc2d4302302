// Sheets that somebody signed, or is signing, on this phone: in IndexedDB, so that a tap is never lost and a sheet without a
// line is sent later. Each has a number made here, and the server takes a number once.
//
// {key: uid, skill, address, fields: [[name, value]], state: "open" while it is being written | "waiting" for a line, at}

const NAME = "highroad-handed";

const opened = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("sheets", { keyPath: "uid" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

async function act(mode, what) {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const asked = what(base.transaction("sheets", mode).objectStore("sheets"));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    base.close();
  }
}

export const all = () => act("readonly", (sheets) => sheets.getAll());
export const keep = (sheet) => act("readwrite", (sheets) => sheets.put(sheet));
export const drop = (uid) => act("readwrite", (sheets) => sheets.delete(uid));

// {kept: true}, {sentence} where it was refused, {} where there was no line or nobody is signed in.
export async function send(sheet) {
  if (!navigator.onLine) return {};
  let answer;
  try {
    const headers = { "X-Handed": "script" };
    answer = await fetch(sheet.address, { method: "POST", body: new URLSearchParams(sheet.fields), headers, credentials: "same-origin" });
  } catch {
    return {};
  }
  if (answer.ok && !answer.redirected) {
    await drop(sheet.uid).catch(() => {});
    return { kept: true };
  }
  return answer.status === 422 ? answer.json().catch(() => ({})) : {};
}
