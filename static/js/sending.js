// Sends a file piece by piece, over a line that may break (assessments/evidence/protocol.py says how). Words are the page's own:
// what is refused brings its sentence along, and a line that stays broken ends with an empty one.

const PIECE = 512 * 1024;
const TRIES = 8;
const LONGEST_WAIT = 30000;
const VERSION = { "Tus-Resumable": "1.0.0" };
const DONE = "Highroad-Evidence";
// Somebody else is writing, too many at once, or the server is being started anew: worth another try.
const LATER = new Set([408, 423, 425, 429, 500, 502, 503, 504]);

export class NotSent extends Error {
  constructor(sentence, status = 0) {
    super(sentence);
    this.name = "NotSent";
    this.sentence = sentence;
    this.status = status;
  }
}

// Resolves with the uid of the evidence, or rejects with NotSent. `url` is where files begin, `headers` go with every
// request (the CSRF token), `onProgress` hears (bytes sent, bytes in all), `signal` stops it. Where a file was begun before, `begun`
// is its address, and it goes on from there; `onBegun` hears a new one, to keep it for another time.
export async function send(blob, { url, headers = {}, kind, consented = false, begun = "", onBegun = () => {}, onProgress = () => {}, signal }) {
  const ask = (address, method, more = {}, body) =>
    fetch(address, { method, body, signal, credentials: "same-origin", headers: { ...headers, ...VERSION, ...more } });
  const start = async () => {
    const address = await begin(ask, blob, url, kind, consented, signal);
    await onBegun(address);
    return address;
  };
  let address = begun || (await start());
  // How much of it is there is asked first.
  let unsure = Boolean(begun);
  let offset = 0;
  let anew = false;
  onProgress(0, blob.size);
  for (;;) {
    const answer = await insist(async (again) => {
      if (again || unsure) {
        const now = await ask(address, "HEAD");
        if (!now.ok || now.headers.has(DONE)) return now;
        unsure = false;
        offset = Number(now.headers.get("Upload-Offset"));
      }
      const more = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
      return ask(address, "PATCH", more, blob.slice(offset, offset + PIECE));
    }, signal);
    if ((answer.status === 404 || answer.status === 410) && !anew) {
      // What was here is gone, or was refused in an answer that got lost: from the start, once.
      anew = true;
      unsure = false;
      address = await start();
      offset = 0;
      continue;
    }
    if (!answer.ok && answer.status !== 409) throw await refused(answer);
    if (answer.headers.has(DONE)) {
      onProgress(blob.size, blob.size);
      return answer.headers.get(DONE);
    }
    offset = Number(answer.headers.get("Upload-Offset"));
    onProgress(offset, blob.size);
  }
}

async function begin(ask, blob, url, kind, consented, signal) {
  const said = [`kind ${btoa(kind)}`, ...(consented ? ["consented"] : [])].join(",");
  const answer = await insist(
    () => ask(url, "POST", { "Upload-Length": String(blob.size), "Upload-Metadata": said }),
    signal,
  );
  if (answer.status !== 201) throw await refused(answer);
  return new URL(answer.headers.get("Location"), new URL(url, location.href)).href;
}

// Ask again, later and later, while nobody answers. `act` hears whether it is not the first time.
async function insist(act, signal) {
  for (let tried = 0; ; tried += 1) {
    try {
      const answer = await act(tried > 0);
      if (!LATER.has(answer.status) || tried + 1 >= TRIES) return answer;
    } catch (error) {
      if (signal?.aborted) throw error;
      if (tried + 1 >= TRIES) throw new NotSent("");
    }
    await wait(Math.min(1000 * 2 ** tried, LONGEST_WAIT));
  }
}

// A line that comes back ends the wait.
function wait(milliseconds) {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(clock);
      removeEventListener("online", go);
      resolve();
    };
    const clock = setTimeout(go, milliseconds);
    addEventListener("online", go);
  });
}

async function refused(answer) {
  let sentence = "";
  try {
    sentence = (await answer.json()).sentence ?? "";
  } catch {
    // A proxy answered, not we.
  }
  return new NotSent(sentence, answer.status);
}
