// The sheet on a phone that is handed over. Kept at every tap; sent at once, or later when there is no line.

const form = document.querySelector("[data-hand]");
const { all, drop, keep, send } = await import(form.dataset.sheets);
const problem = form.querySelector("[data-problem]");
// What was begun longer ago is somebody else's sheet.
const FRESH = 12 * 3600 * 1000;

const fields = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const sheet = (state) => ({ uid: form.elements.uid.value, skill: form.dataset.hand, address: location.href, fields: fields(), state, at: Date.now() });

function fill(rows) {
  const said = new Map(rows);
  for (const control of form.elements) {
    if (!control.name) continue;
    if (control.type === "radio" || control.type === "checkbox") control.checked = said.has(control.name) && (control.type === "checkbox" || said.get(control.name) === control.value);
    else if (said.has(control.name) && control.name !== "seen_at") control.value = said.get(control.name);
  }
  asks();
}

// A note is asked for where something that must be right was not.
function asks() {
  for (const note of form.querySelectorAll("[data-must]")) {
    const chosen = note.closest("fieldset").querySelector("input:checked");
    note.required = Boolean(chosen?.matches("[data-not-yet]"));
  }
}

async function begin() {
  const now = Date.now();
  const kept = await all().catch(() => []);
  for (const one of kept) if (one.state === "open" && now - one.at > FRESH) await drop(one.uid);
  const mine = kept.find((one) => one.state === "open" && one.skill === form.dataset.hand && now - one.at <= FRESH);
  // After a refusal the page already shows what was answered.
  if (mine && !document.querySelector(".form-errors:not([hidden])")) fill(mine.fields);
  asks();
}

const note = () => {
  asks();
  keep(sheet("open")).catch(() => {});
};
form.addEventListener("input", note);
form.addEventListener("change", note);

let going = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (going) return;
  going = true;
  form.elements.seen_at.value ||= new Date().toISOString();
  const signed = sheet("waiting");
  const isKept = await keep(signed).then(() => true, () => false);
  const answer = await send(signed);
  going = false;
  if (answer.kept) return location.assign(form.dataset.thanks);
  if (answer.sentence) {
    await keep(sheet("open")).catch(() => {});
    problem.textContent = answer.sentence;
    problem.hidden = false;
    return problem.scrollIntoView({ block: "center" });
  }
  // A phone that keeps nothing sends the form as it always was sent.
  if (!isKept) return form.submit();
  document.getElementById("main").replaceChildren(document.querySelector("[data-no-line]").content.cloneNode(true));
  document.getElementById("main").focus();
  addEventListener("online", async () => (await send(signed)).kept && location.assign(form.dataset.thanks));
});

begin();
