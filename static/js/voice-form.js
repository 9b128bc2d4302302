// Recording in the browser, where there is a microphone. What is recorded becomes the file of the form, so that it is sent
// like any other; without this, a file from the phone can be chosen. Words are the page's own.

const place = document.querySelector("[data-record]");
const part = (name) => place.querySelector(`[data-part="${name}"]`);
const file = document.getElementById(place.dataset.file);
const told = part("told");
// Little data, clear speech: three minutes stay below one megabyte.
const BITS_A_SECOND = 32000;

let recorder = null;
let clock = 0;
let playing = null;

if (window.MediaRecorder && navigator.mediaDevices?.getUserMedia && window.DataTransfer) place.hidden = false;

part("start").addEventListener("click", start);
part("stop").addEventListener("click", () => recorder?.stop());
part("listen").addEventListener("click", listen);
part("drop").addEventListener("click", () => {
  file.value = "";
  show("start");
  told.textContent = told.dataset.dropped;
});
file.addEventListener("change", () => {
  const chosen = file.files[0];
  if (!chosen) return show("start");
  if (chosen.size > Number(place.dataset.bytes)) {
    file.value = "";
    show("start");
    told.textContent = told.dataset.large;
  } else {
    told.textContent = "";
    show("listen", "drop");
  }
});

async function start() {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    told.textContent = told.dataset.refused;
    return;
  }
  const pieces = [];
  recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_A_SECOND });
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    clearInterval(clock);
    for (const track of stream.getTracks()) track.stop();
    keep(new Blob(pieces, { type: recorder.mimeType }));
  });
  recorder.start();
  show("stop");
  part("stop").focus();
  countDown(Number(place.dataset.seconds));
}

function countDown(seconds) {
  const end = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    // Read out every half minute, seen every second.
    told.setAttribute("aria-live", left % 30 ? "off" : "polite");
    told.textContent = `${told.dataset.running} ${left}`;
    if (!left) recorder.stop();
  };
  tick();
  clock = setInterval(tick, 1000);
}

function keep(sound) {
  const carrier = new DataTransfer();
  carrier.items.add(new File([sound], "recording", { type: sound.type }));
  file.files = carrier.files;
  show("listen", "drop");
  told.setAttribute("aria-live", "polite");
  told.textContent = told.dataset.done;
  part("listen").focus();
}

// Played without an address of its own, which the page's policy would not allow.
async function listen() {
  if (playing) {
    playing.stop();
    return;
  }
  const context = new AudioContext();
  const source = context.createBufferSource();
  try {
    source.buffer = await context.decodeAudioData(await file.files[0].arrayBuffer());
  } catch {
    context.close();
    return;
  }
  source.connect(context.destination);
  source.addEventListener("ended", () => {
    playing = null;
    context.close();
  });
  playing = source;
  source.start();
}

function show(...names) {
  for (const name of ["start", "stop", "listen", "drop"]) part(name).hidden = !names.includes(name);
}
