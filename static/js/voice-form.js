// Recording in the browser, where there is a microphone and, for film, a camera. What is recorded becomes the file of the
// form, so that it is sent like any other; without this, a file from the phone can be chosen. Words are the page's own.

for (const place of document.querySelectorAll("[data-record]")) offer(place);

async function offer(place) {
  const recording = await import(place.dataset.recording);
  if (!recording.possible() || !window.DataTransfer) return;
  const part = (name) => place.querySelector(`[data-part="${name}"]`);
  const file = document.getElementById(place.dataset.file);
  const told = part("told");
  // Shows what the camera sees, and afterwards what it saw; there is none where only sound is recorded.
  const view = part("view");
  let recorder = null;
  let clock = 0;
  let player = null;
  place.hidden = false;

  part("start").addEventListener("click", async () => {
    stopPlaying();
    try {
      recorder = await recording.start({ view, most: Number(place.dataset.bytes), done: keep });
    } catch {
      told.textContent = told.dataset.refused;
      return;
    }
    show("stop");
    part("stop").focus();
    countDown(Number(place.dataset.seconds));
  });
  part("stop").addEventListener("click", () => recorder?.stop());
  part("listen").addEventListener("click", async () => {
    if (player) return stopPlaying();
    player = view ? watch() : await listen();
  });
  part("drop").addEventListener("click", () => {
    stopPlaying();
    file.value = "";
    show("start");
    told.textContent = told.dataset.dropped;
  });
  file.addEventListener("change", () => {
    stopPlaying();
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

  function keep(recorded) {
    clearInterval(clock);
    if (!recorded.size) {
      show("start");
      told.textContent = told.dataset.refused;
      return;
    }
    const carrier = new DataTransfer();
    carrier.items.add(new File([recorded], "recording", { type: recorded.type }));
    file.files = carrier.files;
    show("listen", "drop");
    told.setAttribute("aria-live", "polite");
    told.textContent = told.dataset.done;
    part("listen").focus();
  }

  // Sound plays without an address of its own, which a page's policy would not allow.
  async function listen() {
    const context = new AudioContext();
    const source = context.createBufferSource();
    try {
      source.buffer = await context.decodeAudioData(await file.files[0].arrayBuffer());
    } catch {
      context.close();
      return null;
    }
    source.connect(context.destination);
    source.addEventListener("ended", () => {
      player = null;
      context.close();
    });
    source.start();
    return source;
  }

  function watch() {
    const address = URL.createObjectURL(file.files[0]);
    Object.assign(view, { src: address, muted: false, controls: true, hidden: false });
    view.play().catch(() => {});
    return {
      stop() {
        view.pause();
        view.removeAttribute("src");
        Object.assign(view, { controls: false, hidden: true });
        URL.revokeObjectURL(address);
      },
    };
  }

  function stopPlaying() {
    player?.stop();
    player = null;
  }

  function show(...names) {
    for (const name of ["start", "stop", "listen", "drop"]) part(name).hidden = !names.includes(name);
  }
}
