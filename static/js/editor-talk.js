// Answering what reviewers said, in Wagtail's page editor. The fields have no names and are sent by hand, so the page's own form,
// its autosave and its warning about unsaved text never see them.
const token = () => document.querySelector("#page-edit-form [name=csrfmiddlewaretoken]")?.value;

function showParts(box) {
  const chosen = box.querySelector("[data-part=disposition]").value;
  for (const part of box.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== chosen;
}

async function send(box) {
  const data = new FormData();
  for (const part of box.querySelectorAll("[data-part]")) data.set(part.dataset.part, part.value);
  const answer = await fetch(box.dataset.answer, {
    method: "POST",
    body: data,
    credentials: "same-origin",
    headers: { "X-CSRFToken": token() },
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect") return "";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(".errorlist, .form-errors, main .lead")?.textContent.trim() || box.dataset.lost;
}

function showAnswer(box) {
  const choice = box.querySelector("[data-part=disposition]");
  const line = document.createElement("p");
  const verb = document.createElement("b");
  verb.textContent = choice.selectedOptions[0].textContent;
  line.append(verb, ` ${box.querySelector("[data-part=words]").value}`);
  const thread = box.closest("[data-thread]");
  thread.querySelector("[data-answered]").replaceChildren(line);
  thread.classList.add("is-answered");
}

for (const box of document.querySelectorAll("[data-answer]")) {
  showParts(box);
  box.querySelector("[data-part=disposition]").addEventListener("change", () => showParts(box));
  box.querySelector("[data-send]").addEventListener("click", async (event) => {
    const outcome = box.querySelector("[data-outcome]");
    event.target.disabled = true;
    const problem = await send(box).catch(() => box.dataset.lost);
    event.target.disabled = false;
    outcome.textContent = problem || box.dataset.said;
    if (!problem) showAnswer(box);
  });
}

// A block inside another, such as a step, has its place in the editor under its own id too; where it has none, nothing happens.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-to-block]");
  const place = link && document.getElementById(`block-${link.dataset.toBlock}-section`);
  if (!place) return;
  event.preventDefault();
  place.scrollIntoView({ block: "start" });
  place.querySelector("[contenteditable], input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
});
