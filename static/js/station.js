// The station: whom one sees, one tap a point, everything kept on this phone until it is sent. See static/js/station/.
//
// A draft is one sheet on this phone: {uid, account, course, assessment, learner, called, number, values, past, state, …}.
// `past` holds its values before each tap, to undo them. Its state is "writing", "ready" (waits to be sent), "refused" (can
// be corrected) or "sent" (its marks are gone from here).

const root = document.querySelector("[data-station]");
const { account, course, assessment } = root.dataset;
const load = (address) => address && import(address);
const [store, sheet, sync, copy, tools, across, evidence, sending] = await Promise.all(
  ["store", "sheet", "sync", "copy", "tools", "across", "evidence", "sending"].map((name) => load(root.dataset[name])),
);
const find = (what, within = root) => within.querySelector(what);
const words = find("[data-words]").dataset;
const fill = (said, values) => said.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const form = find("[data-form]");
const fields = find("[data-fields]", form);
const about = { enough: root.dataset.enough, others: root.dataset.others, team: root.dataset.team, task: root.dataset.task };
const links = [...root.querySelectorAll("[data-learner]")];
const rowOf = (learner) => links.find((one) => one.dataset.learner === learner);
const tell = (said) => (find("[data-told]").textContent = said);
const open = (draft) => draft.state === "writing" || draft.state === "refused";

// So many taps can be undone, after a reload too.
const TAPS = 50;

const drafts = new Map((await store.mine("sheets", account)).map((one) => [one.uid, one]));
let current;
let view = "list";
let step = 0;
let last = {};
let byPointer = 0;

// ---- Drafts

const here = (one) => one.course === course && one.assessment === assessment;
const draftOf = (learner) => [...drafts.values()].filter((one) => here(one) && one.learner === learner).sort((a, b) => (a.at < b.at ? 1 : -1))[0];

function newDraft(learner, number) {
  const { digest, send, title } = root.dataset;
  return {
    uid: crypto.randomUUID(), account, course, assessment, title, send, digest, page: location.pathname, learner,
    called: rowOf(learner)?.dataset.called ?? words.everybody, number, values: {}, past: [], members: {}, state: "writing", sentence: "", at: "",
  };
}

async function keep(draft) {
  drafts.set(draft.uid, draft);
  const kept = await store.put("sheets", draft);
  find("[data-memory]").hidden = kept;
  showStates();
}

function setValues(draft, values) {
  draft.values = values;
  draft.at ||= new Date().toISOString();
  for (const learner of values.member ?? []) {
    const box = find(`[name=member][value="${learner}"]`, form);
    draft.members[learner] ??= { uid: crypto.randomUUID(), number: Number(box.dataset.number), called: box.dataset.called };
  }
  return keep(draft);
}

function remember() {
  current.past = [...(current.past ?? []), last].slice(-TAPS);
}

// What the server told when the page was made is newer than a sheet that was sent before.
async function tidy() {
  for (const one of [...drafts.values()].filter((one) => here(one) && one.state === "sent")) {
    const row = rowOf(one.learner)?.dataset;
    if (about.task || about.team || !row || (!row.sent && Number(row.number) > one.number)) {
      drafts.delete(one.uid);
      await store.remove("sheets", one.uid);
    }
  }
}

// ---- What is shown

function stateOf(row) {
  const draft = draftOf(row.dataset.learner);
  if (draft?.state === "sent") return draft.sentence;
  if (draft?.state === "ready") return words.waits;
  if (draft?.state === "refused") return words.refused;
  const points = sheet.pointsOf(form);
  const n = draft && points.filter((one) => draft.values[`m-${one.key}`]).length;
  if (n) return fill(words.begun, { n, total: points.length });
  if (row.dataset.before) return row.dataset.before;
  if (row.dataset.sent) return words.sent;
  return about.task ? words.taskLog : fill(words.try, { n: row.dataset.number });
}

function showStates() {
  for (const row of links) find("[data-state]", row).textContent = stateOf(row);
  const waiting = [...drafts.values()].filter((one) => one.state === "ready" || one.state === "refused");
  const part = find("[data-unsent]");
  part.hidden = !waiting.length;
  find("ul", part).replaceChildren(...waiting.map(unsentRow));
  const ready = waiting.filter((one) => one.state === "ready").length;
  const button = find("[data-send-all]", part);
  button.hidden = !ready;
  button.textContent = ready === 1 ? button.dataset.one : fill(button.dataset.many, { n: ready });
}

function unsentRow(draft) {
  const made = find("[data-unsent] template").content.firstElementChild.cloneNode(true);
  find("[data-name]", made).textContent = `${draft.called}, ${draft.title}`;
  find("[data-what]", made).textContent = draft.state === "ready" ? words.waits : words.refused;
  find("[data-sentence]", made).textContent = draft.state === "refused" ? draft.sentence : "";
  const button = find("[data-open]", made);
  button.hidden = !(here(draft) && (draft.state === "refused" || !draft.tried));
  button.addEventListener("click", async () => {
    await keep({ ...draft, state: draft.state === "ready" ? "writing" : "refused" });
    show(drafts.get(draft.uid));
    find("[data-name]", form)?.focus();
  });
  const again = find("[data-again]", made);
  again.hidden = draft.state !== "refused" || !draft.rows;
  again.addEventListener("click", async () => {
    await keep({ ...draft, state: "ready", sentence: "" });
    await sendAll();
  });
  if (!here(draft)) find("[data-name]", made).append(" ", Object.assign(document.createElement("a"), { href: draft.page, textContent: "→" }));
  return made;
}

let stopClocks = () => {};

function show(draft) {
  current = draft;
  form.hidden = false;
  const row = rowOf(draft.learner);
  for (const one of links) one.toggleAttribute("aria-current", false);
  row?.setAttribute("aria-current", "true");
  if (!about.team) {
    find("[data-name]", form).textContent = draft.called;
    find("[data-about]", form).textContent = draft.sentence || stateOf(row);
  }
  const before = find("[data-before]", form);
  before.textContent = row?.dataset.before ?? "";
  before.hidden = !before.textContent || !open(draft);
  find("[data-changed]", form).hidden = root.dataset.digests.split(" ").includes(draft.digest);
  if (open(draft)) draft.digest = root.dataset.digest;
  for (const part of form.querySelectorAll("[data-pieces]")) part.hidden = !about.team && part.dataset.pieces !== draft.learner;
  sheet.write(form.elements, draft.values);
  last = sheet.read(form.elements);
  const locked = !open(draft) || (row?.dataset.sent && !drafts.has(draft.uid) && !about.task);
  fields.disabled = locked;
  find("[data-send-one]", form).hidden = Boolean(locked) || view === "across";
  find("[data-another]", form).hidden = !locked || draft.state === "refused";
  form.hidden = view === "across";
  step = 0;
  showForm();
  stopClocks();
  files?.show();
}

// Points that are asked for now: of a team only those of whoever is on it.
const points = () => sheet.pointsOf(form).filter((one) => !one.learner || sheet.read(form.elements).member?.includes(one.learner));

function showForm() {
  for (const part of form.querySelectorAll("[data-member]")) part.hidden = !sheet.read(form.elements).member?.includes(part.dataset.member);
  sheet.showNotes(form.querySelectorAll("[data-point], [data-stop-line]"), about);
  const asked = points();
  const byPoint = view === "points";
  form.classList.toggle("is-points", byPoint);
  step = Math.min(step, asked.length);
  for (const [place, { part }] of asked.entries()) part.classList.toggle("is-here", !byPoint || place === step);
  form.classList.toggle("is-end", !byPoint || step >= asked.length);
  find("[data-step-back]", form).hidden = !byPoint || step === 0;
  find("[data-step-on]", form).hidden = !byPoint || step >= asked.length;
  const undo = find("[data-undo]", form);
  undo.hidden = fields.disabled;
  undo.disabled = !current?.past?.length;
  find("[data-open-points]", form).textContent = byPoint && step < asked.length ? fill(words.progress, { n: step + 1, total: asked.length }) : "";
}

function go(to) {
  step = Math.max(0, to);
  showForm();
  const part = points()[step]?.part;
  const legend = part?.querySelector("legend");
  if (!legend) return find("[data-send-one]", form).focus();
  legend.tabIndex = -1;
  legend.focus({ preventScroll: true });
  part.scrollIntoView({ block: "nearest" });
}

// ---- Taps

form.addEventListener("pointerup", () => (byPointer = Date.now()));

form.addEventListener("change", async (event) => {
  if (!current || event.target.matches("[data-kind], [data-consent]")) return;
  remember();
  last = sheet.read(form.elements);
  const kept = setValues(current, last);
  showForm();
  // Arrow keys pass over choices: only a tap goes on by itself, and not past what is still to be said here.
  const part = event.target.closest(".is-here");
  const more = part && find("[data-timer], .point-prompts, [data-note]:not([hidden])", part);
  if (view === "points" && event.target.name.startsWith("m-") && Date.now() - byPointer < 700 && !more) go(step + 1);
  await kept;
});

form.addEventListener("input", (event) => {
  if (current && event.target.matches("textarea")) setValues(current, sheet.read(form.elements));
});

find("[data-undo]", form).addEventListener("click", async () => {
  const before = current.past.pop();
  await setValues(current, before);
  sheet.write(form.elements, before);
  last = before;
  showForm();
  tell(words.undone);
});

find("[data-step-on]", form).addEventListener("click", () => go(step + 1));
find("[data-step-back]", form).addEventListener("click", () => go(step - 1));

find("[data-another]", form).addEventListener("click", async () => {
  const { learner, number, state, uid } = current;
  if (state === "sent") {
    drafts.delete(uid);
    await store.remove("sheets", uid);
  }
  const next = newDraft(learner, about.task ? number : number + 1);
  drafts.set(next.uid, { ...next, at: new Date().toISOString() });
  show(drafts.get(next.uid));
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = sheet.read(form.elements);
  const found = sheet.problem(form, values, about);
  if (found) {
    const [name, what, part] = found;
    if (view === "points" && part) step = Math.max(0, points().findIndex((one) => one.part === part.closest("[data-point]")));
    showForm();
    tell("");
    find("[data-open-points]", form).textContent = fill(words[name], { what });
    part?.scrollIntoView({ block: "center" });
    return (part && (find("textarea:required:invalid, input", part) ?? part))?.focus({ preventScroll: true });
  }
  await setValues(current, values);
  const draft = { ...current, state: "ready", sentence: "" };
  draft.rows = sheet.rows(form, values, draft, about);
  await keep(draft);
  show(draft);
  await sendAll();
});

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    root.classList.add("has-chosen");
    choose(link.dataset.learner);
    find("[data-name]", form).focus({ preventScroll: true });
    find(".station-people").scrollIntoView({ block: "start" });
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

function choose(learner) {
  show(draftOf(learner) ?? newDraft(learner, Number(rowOf(learner).dataset.number)));
}

// ---- Sending

async function became(draft, answers) {
  const refused = answers.filter((one) => one.state !== "kept");
  const named = (one) => Object.values(draft.members).find(({ uid }) => uid === one.uid)?.called;
  const say = (rows) => rows.map((one) => [named(one), one.sentence].filter(Boolean).join(": ")).join(" ");
  if (refused.length || !answers.length) {
    await keep({ ...draft, state: "refused", tried: true, sentence: say(refused) });
  } else {
    // Its marks are no longer needed here.
    await keep({ ...draft, state: "sent", values: {}, past: [], rows: null, sentence: say(answers) });
    const row = rowOf(draft.learner);
    if (row && !about.task) row.dataset.number = answers[0].number;
    row?.toggleAttribute("data-sent", Boolean(answers[0].sent));
  }
  tell(`${draft.called}: ${drafts.get(draft.uid).sentence}`);
  if (current?.uid === draft.uid) show(drafts.get(draft.uid));
}

async function sendAll() {
  const ready = [...drafts.values()].filter((one) => one.state === "ready");
  if (!ready.length) return;
  if (!navigator.onLine) return tell(words.keptHere);
  for (const one of ready) await keep({ ...one, tried: true });
  const problem = await sync.send(ready, account, became);
  if (problem) tell(problem === "noLine" ? words.keptHere : words[problem]);
  showStates();
}

find("[data-send-all]").addEventListener("click", sendAll);
addEventListener("online", sendAll);

// ---- Views

const views = find("[data-views]");
const place = find("[data-across-part]");
const changeAcross = (learner, values) => {
  const draft = draftOf(learner) ?? newDraft(learner, Number(rowOf(learner).dataset.number));
  return setValues(draft, values);
};

function look(which) {
  view = which;
  for (const button of views.querySelectorAll("button")) button.setAttribute("aria-pressed", button.value === which);
  const all = which === "across";
  if (place) place.hidden = !all;
  if (all) {
    form.hidden = true;
    const people = () => links.map((row) => {
      const draft = draftOf(row.dataset.learner);
      return { learner: row.dataset.learner, called: row.dataset.called, state: stateOf(row), isOpen: draft ? open(draft) : !row.dataset.sent || about.task };
    });
    const values = (learner) => draftOf(learner)?.values ?? {};
    across.begin(place, find("[data-across-one]"), form, sheet, { people, values, change: changeAcross, about });
    for (const part of place.querySelectorAll("[data-timer]")) part.hidden = true;
  } else if (current) choose(current.learner);
}

views.addEventListener("click", (event) => event.target.value && look(event.target.value));

// ---- Begin

const who = () => (about.team ? sheet.read(form.elements).member ?? [] : [current?.learner].filter(Boolean));
const files = evidence && evidence.begin(find("[data-files-part]", form), { store, sync, sending, account, root, who });

await tidy();
views.hidden = false;
find("[data-memory]").hidden = await store.keeps();
stopClocks = tools.clocks(form, words);
tools.speaking(form, find("[data-speak]"), words, tell);
tools.pause(form, words, async () => {
  remember();
  await setValues(current, {});
  sheet.write(form.elements, {});
  last = {};
  showForm();
});
showStates();
const asked = new URLSearchParams(location.search).get("learner");
if (about.team) show(draftOf("") ?? newDraft("", 1));
else if (asked && rowOf(asked)) {
  // What the plain form typed and had refused comes along.
  const typed = find("[data-refusals]") && sheet.read(form.elements);
  choose(asked);
  if (typed) {
    await setValues(current, typed);
    show(current);
  }
}
root.dataset.ready = "1";
copy.keep(root).then((kept) => (find("[data-kept]").hidden = !kept));
sendAll();
files?.sendAll();
