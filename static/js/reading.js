// Small courtesies of a page that reads well without them. What is larger is fetched when somebody first uses it.

const root = document.documentElement;
const all = (which, within = document) => [...within.querySelectorAll(which)];

// What is kept on this device, and never sent. Every name begins the same, so that *Leave and erase this phone* finds it.
const kept = {
  get(name) {
    try {
      return localStorage.getItem(`highroad:${name}`);
    } catch {
      return null;
    }
  },
  // False where the device keeps nothing.
  set(name, words) {
    try {
      if (words) localStorage.setItem(`highroad:${name}`, words);
      else localStorage.removeItem(`highroad:${name}`);
      return true;
    } catch {
      return false;
    }
  },
};

// How somebody chose to read: the page waits for this before it is first drawn, and so does not jump.
for (const one of (kept.get("looks") ?? "").split(" ")) {
  const [name, step] = one.split("=");
  if (step) root.dataset[name] = step;
}

// Looking across to the other language keeps the place: blocks have the same name in every language.
for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", () => {
    const here = [...document.querySelectorAll(".lesson-body > [id]")].find((block) => block.getBoundingClientRect().bottom > 120);
    if (here && scrollY > 300) link.hash = here.id;
  });
}

// Paper shows everything that the screen keeps folded, and folds it again afterwards.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const part of unfolded) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of unfolded) part.open = false;
});

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
for (const part of document.querySelectorAll("[data-courtesy]")) part.hidden = false;

// What few people ask for is loaded when somebody does.
for (const button of document.querySelectorAll("[data-voice]")) {
  button.addEventListener("click", async () => (await import(button.dataset.voice)).toggle(button));
}

// Key points: what lies between them is folded, and opened where it stands.
const view = document.querySelector(".view");
const KEY = ".block-key_points, .block-safety, .block-steps, .block-image, .block-content_note, .block-local_policy, .block-video, .block-audio";
const blocks = view ? all(".lesson-body > .block") : [];

// The blocks that may be folded: a heading stays where something below it does.
function foldable() {
  const found = [];
  const below = {};
  for (const block of blocks.slice().reverse()) {
    const level = block.matches("h2, h3") && block.localName;
    const stays = level ? below[level] : block.matches(KEY);
    if (level) below.h3 = below[level] = false;
    else if (stays) below.h2 = below.h3 = true;
    if (!stays && !block.matches(".block-facilitator")) found.unshift(block);
  }
  return found;
}

function opener(stretch) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "between" });
  button.stretch = stretch;
  button.lang = view.parentElement.lang;
  button.turn = (open) => {
    button.setAttribute("aria-expanded", open);
    button.textContent = open ? view.dataset.fold : view.dataset.show;
    for (const block of stretch) block.classList.toggle("is-folded", !open);
  };
  button.addEventListener("click", () => button.turn(button.getAttribute("aria-expanded") === "false"));
  stretch[0].before(button);
  button.turn(false);
}

function show(which) {
  for (const button of all(".between")) {
    button.turn(true);
    button.remove();
  }
  for (const button of view.children) button.setAttribute("aria-pressed", button.value === which);
  if (which !== "key") return;
  let stretch = [];
  const parts = foldable();
  for (const block of [...blocks, null]) {
    if (parts.includes(block)) {
      stretch.push(block);
    } else if (stretch.length) {
      opener(stretch);
      stretch = [];
    }
  }
}

// A link into what is folded opens it.
function arrive() {
  const place = document.getElementById(location.hash.slice(1));
  const folded = place?.closest(".is-folded");
  if (!folded) return;
  all(".between").find((button) => button.stretch.includes(folded)).turn(true);
  place.scrollIntoView();
}

if (view && blocks.some((block) => block.matches(".block-key_points")) && foldable().length) {
  view.hidden = false;
  view.addEventListener("click", (event) => {
    const which = event.target.value;
    if (!which) return;
    kept.set("view", which);
    show(which);
  });
  show(kept.get("view") ?? document.querySelector("[data-view-first]")?.dataset.viewFirst ?? "whole");
  arrive();
  addEventListener("hashchange", arrive);
}

// A way out that is no step back: the page is gone at once, and *Back* does not bring it.
const leave = document.querySelector("[data-leave]");
if (leave) {
  let last = -Infinity;
  // To close what lies over the page is another matter.
  const closes = () => CSS.supports("selector(:popover-open)") && document.querySelector(":popover-open");
  const go = (event) => {
    event.preventDefault();
    document.title = "";
    document.body.replaceChildren();
    location.replace(leave.href);
  };
  leave.addEventListener("click", go);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || closes()) return;
    if (event.timeStamp - last < 1000) go(event);
    last = event.timeStamp;
  });
}

// What is used now and then is fetched with its looks when it is first used: data-use names it.
const comforts = document.querySelector(".comforts");
let looks;

function dress() {
  looks ??= new Promise((done, refused) => {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: comforts.dataset.looks });
    sheet.onload = done;
    sheet.onerror = () => {
      sheet.remove();
      looks = undefined;
      refused();
    };
    document.head.append(sheet);
  });
  return looks;
}

function say(words, part = comforts) {
  part.querySelector("[role=status]").textContent = words;
}

async function use(address, part) {
  try {
    const [begin] = await Promise.all([import(address), dress()]);
    begin.default(part, { kept, say, comforts });
  } catch {
    if (part.localName) say(comforts.dataset.missing, part.localName === "details" ? part : comforts);
  }
}

for (const part of comforts ? all("[data-use]") : []) {
  part.addEventListener(part.localName === "details" ? "toggle" : "click", () => use(part.dataset.use, part));
}
for (const part of all("[data-speaks]")) part.hidden = !("speechSynthesis" in window);

const page = document.querySelector("[data-page]")?.dataset.page;
const checks = comforts && all(".block-check");
if (checks?.length) {
  const remember = () => use(comforts.dataset.checks, { checks, name: `check:${page}` });
  if (kept.get(`check:${page}`)) remember();
  else document.querySelector(".lesson-body").addEventListener("change", remember, { once: true });
}

// A saved copy is taken up where anything is saved on this phone, or when somebody asks to save.
const save = document.querySelector("[data-save][data-list]");
if (save && navigator.serviceWorker && window.caches) {
  const button = save.querySelector("button");
  const take = async (asked) => {
    try {
      const copy = await import(save.dataset.save);
      button.removeEventListener("click", take);
      copy.default(save, asked);
    } catch {
      save.querySelector("[role=status]").textContent = save.dataset.missing;
    }
  };
  save.hidden = false;
  button.addEventListener("click", take);
  // The page comes first.
  if (kept.get("saved")) (window.requestIdleCallback ?? setTimeout)(() => take());
}
