// A lesson read aloud by the browser, in a voice of its own language and in no other, recordings played in their place.
//
// Pausing lets the sentence go and continuing says it again: on many phones a voice that was paused stays silent.
const SPEED = "speed";
const LONGEST = 200;
const PIECES = "p, li, h1, h2, h3, dt, dd, caption, th, td, figcaption, summary, label, .question, .label, div";
const SILENT = ".comforts, .hard, .block-facilitator, .unconfirmed, .answer-key, .feedback, .is-folded, .word-close, thead, button:not(.word), a[download], .block-link_card a, audio, video, svg, template, [aria-hidden=true], [hidden]";

const base = (language) => language.toLowerCase().replace("_", "-").split("-")[0];
const still = () => "still" in document.documentElement.dataset || matchMedia("(prefers-reduced-motion: reduce)").matches;

// The voice for a language, one that works without a line if there is one; undefined where there is none.
function voiceFor(language) {
  const found = speechSynthesis.getVoices().filter((voice) => base(voice.lang) === base(language));
  const near = (voice) => (voice.localService ? 2 : 0) + (voice.lang.replace("_", "-") === language ? 1 : 0);
  return found.sort((one, other) => near(other) - near(one))[0];
}

// Voices may come late: those of a phone are asked for only when somebody looks.
async function voicesCome() {
  if (speechSynthesis.getVoices().length) return;
  await new Promise((come) => {
    speechSynthesis.addEventListener("voiceschanged", come, { once: true });
    setTimeout(come, 1500);
  });
}

function isSilent(node) {
  return node.parentElement.closest(`${SILENT}, details:not([open])`);
}

// What is said of one block, piece by piece: [{block, words, language}], or its recording: [{block, sound}].
function piecesOf(block) {
  const sound = block.querySelector("audio");
  if (sound) return [{ block, sound }];
  const pieces = new Map();
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = block; node; node = walk.nextNode()) {
    if (node.localName === "img" && node.alt) pieces.set(node, { part: node, words: node.alt });
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim() || isSilent(node)) continue;
    const part = node.parentElement.closest(PIECES) ?? block;
    const label = part.closest("[data-label]")?.dataset.label;
    const piece = pieces.get(part) ?? { part, words: label ? `${label}: ` : "" };
    pieces.set(part, { part, words: piece.words + node.data });
  }
  return [...pieces.values()].flatMap(({ part, words }) =>
    sentences(words.replace(/\s+/g, " ").trim()).map((said) => ({ block, words: said, language: part.closest("[lang]").lang })),
  );
}

// Long texts are said sentence by sentence: some voices stop in the middle of a long one.
function sentences(words) {
  if (words.length <= LONGEST) return [words];
  return words.match(/[^.!?…]+[.!?…]*["”»)]*/g)?.map((one) => one.trim()) ?? [words];
}

function toRead() {
  const parts = [...document.querySelectorAll(".lesson-head h1, .lesson-head .objective, .lesson-body > .block")];
  return parts.filter((block) => !block.matches(SILENT)).flatMap(piecesOf);
}

export default async function begin(button, { kept, say, comforts }) {
  if (button.reading) return;
  button.reading = true;
  const language = document.querySelector("article").closest("[lang]").lang;
  await voicesCome();
  if (!voiceFor(language)) {
    button.reading = false;
    say(button.dataset.none);
    return;
  }
  say("");
  read(button, kept, comforts, toRead().filter((piece) => piece.sound || voiceFor(piece.language)));
}

function read(button, kept, comforts, pieces) {
  const player = comforts.querySelector("#player").content.firstElementChild.cloneNode(true);
  const pause = player.querySelector("[value=pause]");
  const speed = player.querySelector("select");
  let at = 0;
  let turn = 0;
  let goes = true;
  let shown;

  function mark(block) {
    if (shown === block) return;
    shown?.classList.remove("is-read");
    shown = block;
    block?.classList.add("is-read");
    if (!block) return;
    const { top, bottom } = block.getBoundingClientRect();
    if (top < 60 || bottom > innerHeight - player.offsetHeight) {
      const place = bottom - top > innerHeight / 2 ? "start" : "center";
      block.scrollIntoView({ block: place, behavior: still() ? "auto" : "smooth" });
    }
  }

  // Whatever is being said or played falls silent, and its end is nobody's business any more.
  function hush() {
    turn += 1;
    speechSynthesis.cancel();
    pieces[at]?.sound?.pause();
  }

  function next(mine) {
    if (mine !== turn) return;
    at += 1;
    go();
  }

  function go() {
    const piece = pieces[at];
    const mine = (turn += 1);
    if (!piece) return stop();
    mark(piece.block);
    if (piece.sound) return play(piece.sound, () => next(mine));
    const said = new SpeechSynthesisUtterance(piece.words);
    said.voice = voiceFor(piece.language);
    said.lang = said.voice.lang;
    said.rate = Number(speed.value);
    said.onend = () => next(mine);
    said.onerror = () => mine === turn && halt();
    speechSynthesis.speak(said);
  }

  function play(sound, done) {
    sound.playbackRate = Number(speed.value);
    sound.onended = sound.onerror = done;
    sound.play().catch(done);
  }

  function label() {
    pause.textContent = goes ? pause.dataset.pause : pause.dataset.continue;
  }

  function halt() {
    hush();
    goes = false;
    label();
  }

  function resume() {
    goes = true;
    label();
    go();
  }

  function stop() {
    hush();
    mark(undefined);
    player.remove();
    removeEventListener("pagehide", stop);
    document.body.classList.remove("has-player");
    button.reading = false;
    button.focus({ preventScroll: true });
  }

  pause.addEventListener("click", () => (goes ? halt() : resume()));
  player.querySelector("[value=stop]").addEventListener("click", stop);
  speed.value = kept.get(SPEED) ?? "1";
  if (!speed.value) speed.value = "1";
  speed.addEventListener("change", () => {
    kept.set(SPEED, speed.value);
    if (!goes) return;
    hush();
    go();
  });
  addEventListener("pagehide", stop);
  document.body.classList.add("has-player");
  comforts.append(player);
  pause.focus({ preventScroll: true });
  go();
}
