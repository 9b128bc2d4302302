// A module saved on this phone: what it takes, saving it, whether it is still right, taking it off.
//
// reading.js loads this where something is saved, or when somebody asks to save. A copy is fetched into a cache of its
// own, and only when it is whole does the index name it: there is never half a copy. static/js/sw.js answers from it.

const INDEX = "highroad-index";
const ENTRY = "/saved/index.json";
const COPY = "highroad-module:";
const HOUR = 60 * 60 * 1000;
const MONTH = 30 * 24 * HOUR;
const AT_ONCE = 4;

// The index: {key: {cache, holds, urls, titles, label, mark, bytes, safety: [address], at, checked, asked: times,
// newer: label of text that is offered, behind: true where a correction could not be saved yet}}.
export async function saved() {
  const found = await caches.match(ENTRY, { cacheName: INDEX }).catch(() => undefined);
  return found ? found.json() : {};
}

// One tab at a time. Where a browser has no locks, people have one tab.
const alone = (act) => (navigator.locks ? navigator.locks.request("highroad-saved", act) : act());

async function change(act) {
  const index = await saved();
  act(index);
  const cache = await caches.open(INDEX);
  await cache.put(ENTRY, new Response(JSON.stringify(index), { headers: { "Content-Type": "application/json" } }));
  try {
    if (Object.keys(index).length) localStorage.setItem("highroad:saved", Object.keys(index).length);
    else localStorage.removeItem("highroad:saved");
  } catch {
    // Then a page looks when somebody asks.
  }
  navigator.serviceWorker.controller?.postMessage("saved");
}

export function takeOff(key) {
  return alone(async () => {
    const { cache } = (await saved())[key] ?? {};
    await change((index) => delete index[key]);
    if (cache) await caches.delete(cache);
  });
}

export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
export const day = (when) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date(when));

export function size(bytes) {
  const unit = bytes < 1e5 ? "kilobyte" : "megabyte";
  const number = Math.max(bytes / (unit === "kilobyte" ? 1e3 : 1e6), 0.1);
  const most = { style: "unit", unit, maximumFractionDigits: unit === "kilobyte" ? 0 : 1 };
  return new Intl.NumberFormat(document.documentElement.lang, most).format(number);
}

// The list as the server tells it now; throws where it is not reached or not for this person.
async function ask(address) {
  const response = await fetch(address, { cache: "no-store" });
  if (!response.ok || response.redirected) throw new Error(response.status);
  return response.json();
}

async function keep(cache, address) {
  const response = await fetch(address, { cache: "no-store" });
  if (!response.ok || response.redirected) throw new Error(response.status);
  await cache.put(address, response);
}

// Everything on a list into a new cache, then the index switched to it.
function store(list, tell) {
  return alone(async () => {
    await forgetParts();
    const holds = [...list.pages, ...list.files].map((one) => one.url).concat(Object.values(list.lists));
    const name = `${COPY}${list.label}:${list.key}:${Date.now()}`;
    let done = 0;
    try {
      const room = await navigator.storage?.estimate?.();
      if (room?.quota && room.quota - room.usage < list.bytes) throw new DOMException("", "QuotaExceededError");
      const cache = await caches.open(name);
      const left = [...holds];
      const work = async () => {
        for (let address = left.shift(); address; address = left.shift()) {
          await keep(cache, address);
          tell((done += 1), holds.length);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, () => work()));
      // Should the text have changed on the way, pages of two texts would lie side by side.
      const now = await ask(list.lists[list.language]);
      if (now.label !== list.label || now.mark !== list.mark) throw new Error("changed");
      const before = (await saved())[list.key];
      const at = new Date().toISOString();
      const { urls, titles, label, mark, bytes, key } = list;
      const safety = list.pages.filter((one) => one.safety).map((one) => one.url);
      const entry = { cache: name, holds, urls, titles, label, mark, bytes, safety, at, checked: at, asked: at };
      await change((index) => (index[key] = entry));
      if (before) await caches.delete(before.cache);
      return entry;
    } catch (error) {
      await caches.delete(name);
      throw error;
    }
  });
}

// What a window that was closed in the middle left behind. Called with the lock, so nobody is saving.
async function forgetParts() {
  const whole = new Set(Object.values(await saved()).map((one) => one.cache));
  const names = (await caches.keys()).filter((name) => name.startsWith(COPY) && !whole.has(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

// A correction stays in the line it corrects: 2026.2 becomes 2026.2.1.
const line = (label) => label.split(".").slice(0, 2).join(".");

function isSafety(entry, list) {
  return list.label === entry.label ? list.mark !== entry.mark : line(list.label) === line(entry.label);
}

export default async function begin(part, asked) {
  const address = part.dataset.list;
  const said = part.querySelector("[role=status]");
  const first = part.querySelector("button");
  const row = first.parentElement;
  let entry = Object.values(await saved()).find((one) => one.holds.includes(address));
  let words;
  let full;

  function button(label, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet" });
    made.append(Object.assign(document.createElement("span"), { textContent: label }));
    made.addEventListener("click", act);
    return made;
  }

  function show(lines, ...buttons) {
    const held = row.contains(document.activeElement);
    said.replaceChildren(...lines.flatMap((one, place) => (place ? [document.createElement("br"), one] : [one])));
    row.replaceChildren(...buttons.flatMap((one) => [one, " "]));
    if (held) buttons[0]?.focus({ preventScroll: true });
  }

  const all = (list) => Object.assign(document.createElement("a"), { href: list.saved_url, textContent: list.words.all });

  function showSaved(list) {
    const about = { label: entry.label, size: size(entry.bytes), date: day(entry.at) };
    const newer = entry.newer ? [fill(words.newer, { label: entry.newer })] : [];
    const off = button(words.off, async () => {
      await takeOff(list.key);
      entry = undefined;
      for (const one of document.querySelectorAll("[data-checked], [data-behind]")) one.remove();
      show([words.gone], first);
    });
    const update = button(words.update, async () => {
      const now = await ask(address).catch(() => undefined);
      if (!now) return show([words.broken, ...newer], update, off);
      if (await save(now)) showSaved(now);
    });
    show([...newer, fill(words.saved, about), all(list)], ...(entry.newer ? [update] : []), off);
    showChecked();
    warn(entry.behind && words.behind);
  }

  // Said over the page, and only what is said last.
  function warn(said, ...more) {
    document.querySelector("[data-behind]")?.remove();
    if (!said) return;
    const told = Object.assign(document.createElement("div"), { className: "banner banner-safety", lang: document.documentElement.lang });
    told.dataset.behind = "";
    told.setAttribute("role", "alert");
    const inside = document.createElement("p");
    inside.append(said);
    told.append(inside, ...more);
    document.querySelector("main").prepend(told);
  }

  // Over a lesson about safety: when it was looked at last, and that it is time again.
  function showChecked() {
    document.querySelector("[data-checked]")?.remove();
    if (!entry.safety.includes(location.pathname)) return;
    const told = document.createElement("p");
    const isOld = Date.now() - Date.parse(entry.checked) > MONTH;
    told.className = isOld ? "banner banner-older" : "small";
    told.dataset.checked = "";
    told.lang = document.documentElement.lang;
    told.textContent = [fill(words.checked, { date: day(entry.checked) }), isOld ? words.stale : ""].join(". ").trim();
    document.querySelector(".lesson-head").append(told);
  }

  async function save(list) {
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    const told = document.createElement("span");
    show([told, bar]);
    try {
      const ready = navigator.serviceWorker.register("/sw.js", { scope: "/" });
      await ready.catch(() => {
        throw new DOMException("", "SecurityError");
      });
      await navigator.serviceWorker.ready;
      entry = await store(list, (n, total) => {
        Object.assign(bar, { max: total, value: n });
        // Said aloud too, so not forty times.
        if (n % Math.ceil(total / 4) === 1 || n === total) told.textContent = fill(words.progress, { n, total });
      });
      return true;
    } catch (error) {
      const why = { QuotaExceededError: words.full, SecurityError: words.refused }[error.name] ?? words.broken;
      show([why], first);
      full = error.name === "QuotaExceededError";
      return false;
    }
  }

  async function offer() {
    try {
      const list = await ask(address);
      words = list.words;
      const about = { size: size(list.bytes), languages: list.languages.join(", ") };
      const left = list.left_out.map((one) => fill(words.left, { size: size(one.bytes), page: one.page }));
      const yes = button(fill(words.yes, about), async () => (await save(list)) && showSaved(list));
      const no = button(words.no, () => show([], first));
      show([fill(words.size, about), ...left], yes, no);
    } catch {
      show([part.dataset.missing], first);
    }
  }

  const remember = (key, told) => {
    Object.assign(entry, told);
    return alone(() => change((index) => index[key] && Object.assign(index[key], told)));
  };

  // Asked at most once an hour. What is about safety is saved at once and said; newer text waits until somebody asks.
  async function look() {
    if (!entry || !navigator.onLine || Date.now() - Date.parse(entry.asked) < HOUR) return;
    const now = await ask(address).catch(() => undefined);
    if (!now || !entry) return;
    words = now.words;
    const time = new Date().toISOString();
    const same = now.label === entry.label && now.mark === entry.mark;
    if (same) await remember(now.key, { asked: time, checked: time });
    else if (!isSafety(entry, now)) await remember(now.key, { asked: time, newer: now.label });
    else return putRight(now);
    showSaved(now);
  }

  // Until this is done the copy says that it is behind, and every page of it tries again. Where there is no room for
  // both, the wrong one goes first.
  async function putRight(now) {
    await remember(now.key, { behind: true });
    const before = entry;
    let done = await save(now);
    if (!done && full) {
      await takeOff(now.key);
      entry = undefined;
      done = await save(now);
    }
    if (done) {
      showSaved(now);
      const again = button(words.show, () => location.reload());
      warn(fill(words.corrected, { date: day(entry.at) }), again);
    } else if (!full) {
      entry = before;
      showSaved(now);
    }
  }

  first.addEventListener("click", offer);
  if (!entry) return asked && offer();
  const list = await (await caches.match(address, { cacheName: entry.cache, ignoreVary: true })).json();
  words = list.words;
  showSaved(list);
  await look();
  addEventListener("online", look);
}
