// What some sheets ask for: a clock, a pause, speaking a note. Every change goes through the form's own fields.

const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

// Start and stop; the seconds are kept in the field beside it, and whoever watches decides what they mean.
export function clocks(within, words) {
  const running = new Map();
  for (const part of within.querySelectorAll("[data-timer]")) part.querySelector("[data-timer-button]").hidden = false;
  within.addEventListener("click", (event) => {
    const button = event.target.closest("[data-timer-button]");
    if (!button) return;
    const part = button.closest("[data-timer]");
    const field = part.querySelector("input");
    const label = button.querySelector("span");
    label.dataset.start ??= label.textContent;
    const seconds = () => Math.min(Math.round((Date.now() - running.get(part).since) / 1000), 3600);
    if (running.has(part)) {
      clearInterval(running.get(part).clock);
      field.value = seconds();
      running.delete(part);
      label.textContent = label.dataset.start;
      changed(field);
      return tell(part, words);
    }
    running.set(part, { since: Date.now(), clock: setInterval(() => (field.value = seconds()), 500) });
    label.textContent = button.dataset.stop;
  });
  within.addEventListener("change", (event) => {
    const part = event.target.closest("[data-timer]");
    if (part) tell(part, words);
  });
  // Whom the form is about has changed: a clock does not run on for somebody else.
  return () => {
    for (const [part, { clock }] of running) {
      clearInterval(clock);
      const label = part.querySelector("[data-timer-button] span");
      label.textContent = label.dataset.start;
    }
    running.clear();
    for (const part of within.querySelectorAll("[data-timer]")) tell(part, words);
  };
}

function tell(part, words) {
  const n = Number(part.querySelector("input").value);
  const { limit } = part.dataset;
  part.querySelector("[data-timer-told]").textContent = n ? fill(n > Number(limit) ? words.over : words.within, { n, limit }) : "";
}

// Nothing of a pause is kept. To begin again takes the marks away, and *Undo* brings them back.
export function pause(form, words, beginAgain) {
  const part = form.querySelector("[data-pause]");
  if (!part) return;
  const button = part.querySelector("[data-pause-button]");
  const label = button.querySelector("span");
  const first = label.textContent;
  part.hidden = false;
  button.addEventListener("click", () => {
    const paused = form.classList.toggle("is-paused");
    label.textContent = paused ? button.dataset.goOn : first;
    part.querySelector("[data-pause-told]").textContent = paused ? words.paused : "";
    for (const one of form.querySelectorAll(".point, .station-stops")) one.inert = paused;
  });
  part.querySelector("[data-begin-again]").addEventListener("click", beginAgain);
}

// Speech is turned into words on the phone itself, or not at all: no sound goes to anybody else's computer.
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

async function listensHere(language) {
  if (!Recognition?.available || !("processLocally" in Recognition.prototype)) return false;
  return (await Recognition.available({ langs: [language], processLocally: true }).catch(() => "")) === "available";
}

export async function speaking(form, template, words, tellAll) {
  const language = document.documentElement.lang;
  const here = await listensHere(language);
  for (const note of form.querySelectorAll("[data-note]")) {
    const part = template.content.firstElementChild.cloneNode(true);
    const button = part.querySelector("button");
    button.hidden = !here;
    part.querySelector("[data-speak-hint]").hidden = here;
    note.append(part);
    button.addEventListener("click", () => listen(note.querySelector("textarea"), language, words, tellAll));
  }
}

function listen(field, language, words, tellAll) {
  const heard = new Recognition();
  heard.processLocally = true;
  heard.lang = language;
  heard.addEventListener("result", (event) => {
    const said = [...event.results].map((one) => one[0].transcript).join(" ");
    field.value = [field.value, said].filter(Boolean).join(" ");
    changed(field);
  });
  heard.addEventListener("end", () => tellAll(""));
  heard.start();
  tellAll(words.listening);
}
