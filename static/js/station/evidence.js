// Photos, films, recordings and files beside a sheet: kept on this phone until they are sent, never without consent.

const MOST = { photo: 12e6, file: 12e6, audio: 25e6, video: 120e6 };
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

// `who()` gives the learners a file is about. Resolves with {show, sendAll}.
export function begin(part, { store, sync, sending, account, root, who }) {
  const list = part.querySelector("[data-file-list]");
  const told = part.querySelector("[data-file-told]");
  const consent = part.querySelector("[data-consent]");
  const states = part.querySelector("template").content.querySelector("[data-file-state]").dataset;
  const { files: address, course, assessment, send: token } = root.dataset;
  const busy = new Set();
  part.hidden = false;

  async function add(blob, kind, name) {
    if (!consent.checked) return (told.textContent = told.dataset.consentFirst);
    if (blob.size > MOST[kind]) return (told.textContent = told.dataset.large);
    told.textContent = "";
    // Each time anew: who can be seen in the next one may be somebody else.
    consent.checked = false;
    for (const learner of who()) {
      const row = { uid: crypto.randomUUID(), account, course, assessment, learner, kind, name, blob, address, token, state: "waits" };
      await store.put("files", row);
    }
    await show();
    sendAll();
  }

  for (const field of part.querySelectorAll("[data-kind]")) {
    field.addEventListener("change", async () => {
      const [file] = field.files;
      if (file) await add(file, field.dataset.kind, file.name);
      field.value = "";
    });
  }

  async function show() {
    const here = who();
    const rows = (await store.mine("files", account)).filter((one) => one.assessment === assessment && one.course === course && here.includes(one.learner));
    if (rows.length) part.open = true;
    list.replaceChildren(
      ...rows.map((one) => {
        const made = part.querySelector("template").content.firstElementChild.cloneNode(true);
        made.dataset.file = one.uid;
        made.querySelector("[data-file-name]").textContent = one.name;
        made.querySelector("[data-file-state]").textContent = one.sentence || (one.state === "sent" ? states.here : states.waits);
        const drop = made.querySelector("[data-drop]");
        drop.hidden = one.state === "sent";
        drop.addEventListener("click", async () => {
          await store.remove("files", one.uid);
          show();
        });
        return made;
      }),
    );
  }

  const going = (uid, n) => {
    const state = list.querySelector(`[data-file="${uid}"] [data-file-state]`);
    if (state) state.textContent = fill(states.going, { n });
  };

  async function sendAll() {
    if (!navigator.onLine) return;
    const waiting = (await store.mine("files", account)).filter((one) => one.state === "waits" && !busy.has(one.uid));
    for (const one of waiting) {
      busy.add(one.uid);
      try {
        const headers = await sync.headersFor(one.token, account);
        const url = `${one.address}?${new URLSearchParams({ learner: one.learner, assessment: one.assessment })}`;
        const onProgress = (n, of) => going(one.uid, Math.round((100 * n) / of));
        const onBegun = (begun) => store.put("files", Object.assign(one, { begun }));
        await sending.send(one.blob, { url, headers, kind: one.kind, consented: true, begun: one.begun, onBegun, onProgress });
        await store.put("files", { ...one, blob: null, begun: "", state: "sent" });
      } catch (error) {
        // Refused for what it is: said, and taken away by whoever added it. Else it waits for the next time.
        if (error.sentence) await store.put("files", { ...one, state: "refused", sentence: error.sentence });
      }
      busy.delete(one.uid);
      await show();
    }
  }

  offer(part, told, consent, root.dataset.recording, add);
  addEventListener("online", sendAll);
  return { show, sendAll };
}

// A button for sound and one for film, where this phone has a microphone and a camera.
async function offer(part, told, consent, address, done) {
  const recording = await import(address);
  if (!recording.possible()) return;
  for (const button of part.querySelectorAll("[data-record]")) {
    const kind = button.dataset.record;
    const label = button.querySelector("span");
    const first = label.textContent;
    const view = kind === "video" ? part.querySelector("[data-view]") : null;
    let recorder = null;
    const end = (blob) => {
      recorder = null;
      label.textContent = first;
      if (!blob.size) return (told.textContent = told.dataset.notAllowed);
      done(blob, kind, first);
    };
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (recorder) return recorder.stop();
      if (!consent.checked) return (told.textContent = told.dataset.consentFirst);
      told.textContent = "";
      try {
        recorder = await recording.start({ view, most: MOST[kind], done: end });
      } catch {
        return (told.textContent = told.dataset.notAllowed);
      }
      label.textContent = button.dataset.stop;
    });
  }
}
