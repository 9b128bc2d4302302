// Done marks that are never lost: each is kept on this phone until the server says that it has it.
//
// The queue is localStorage "highroad:marks:<course>" = {page uid: {done, at}}, the last word of a page wins. The server
// merges by time, so what is sent twice counts once. Takes up every form with data-mark on the page that loads it.

const QUEUE = "highroad:marks:";

const read = (course) => {
  try {
    return JSON.parse(localStorage.getItem(QUEUE + course)) ?? {};
  } catch {
    return {};
  }
};

// False where this window keeps nothing: then the form goes its usual way.
function write(course, marks) {
  try {
    if (Object.keys(marks).length) localStorage.setItem(QUEUE + course, JSON.stringify(marks));
    else localStorage.removeItem(QUEUE + course);
    return true;
  } catch {
    return false;
  }
}

const courses = () => {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(QUEUE)).map((name) => name.slice(QUEUE.length));
  } catch {
    return [];
  }
};

// How many marks wait on this phone, in all courses.
export function pending() {
  return courses().reduce((sum, course) => sum + Object.keys(read(course)).length, 0);
}

export function eraseAll() {
  for (const course of courses()) write(course, {});
}

const forms = [...document.querySelectorAll("[data-mark]")];
// Where the marks of each course on this page go.
const ways = new Map([...forms, ...document.querySelectorAll("[data-sends-marks]")].map((one) => [one.dataset.course, one.getAttribute("action") ?? one.dataset.sendsMarks]));

function show(form, done) {
  const button = form.querySelector("button");
  form.querySelector("[name=done]").value = done ? "0" : "1";
  button.textContent = done ? button.dataset.doneLabel : button.dataset.undoneLabel;
  button.setAttribute("aria-pressed", done);
}

function say(form, name) {
  const state = form.querySelector("[data-mark-state]");
  if (!state) return;
  const words = state.dataset[name] ?? state.dataset.waiting;
  const link = name === "signedOut" && Object.assign(document.createElement("a"), { href: form.dataset.join || "/join/", textContent: words });
  state.replaceChildren(link || words);
}

const formsOf = (course) => forms.filter((form) => form.dataset.course === course);
const sending = new Set();

async function send(course) {
  const queue = read(course);
  const pages = Object.keys(queue);
  if (!pages.length || sending.has(course) || !navigator.onLine) return;
  sending.add(course);
  const waiting = (name) => formsOf(course).filter((form) => read(course)[form.dataset.page]).forEach((form) => say(form, name));
  let truth;
  try {
    const body = JSON.stringify({ marks: pages.map((page) => ({ page, ...queue[page] })) });
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(ways.get(course), { method: "POST", headers, body, credentials: "same-origin" });
    if (response.status === 200 && !response.redirected) truth = (await response.json()).marks;
    else waiting(response.redirected || [403, 404].includes(response.status) ? "signedOut" : "waiting");
  } catch {
    waiting("waiting");
  }
  sending.delete(course);
  if (!truth) return;
  // What was tapped while this was on its way waits for its own turn.
  const now = read(course);
  for (const page of pages) if (now[page]?.at === queue[page].at) delete now[page];
  write(course, now);
  for (const form of formsOf(course)) {
    const { page } = form.dataset;
    if (now[page] || !(page in truth)) continue;
    show(form, truth[page]);
    if (page in queue) say(form, "kept");
  }
  if (Object.keys(now).some((page) => now[page].at !== queue[page]?.at)) send(course);
}

const sendAll = () => [...ways.keys()].forEach(send);

for (const form of forms) {
  const { course, page } = form.dataset;
  const waiting = read(course)[page];
  if (waiting) {
    show(form, waiting.done);
    say(form, "waiting");
  }
  form.addEventListener("submit", (event) => {
    const done = form.querySelector("[name=done]").value === "1";
    if (!write(course, { ...read(course), [page]: { done, at: new Date().toISOString() } })) return;
    event.preventDefault();
    show(form, done);
    say(form, "waiting");
    send(course);
  });
}

addEventListener("online", sendAll);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendAll());
sendAll();
