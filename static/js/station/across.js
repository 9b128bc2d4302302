// One point across all learners: the same point of every sheet below each other, a tap each.

// `people` are {learner, called, isOpen}; `values(learner)` what their sheet says; `change(learner, values)` keeps it.
export function begin(place, template, form, sheet, { people, values, change, about }) {
  place.replaceChildren(template.content.cloneNode(true));
  const which = place.querySelector("[data-across-point]");
  const rows = place.querySelector("[data-across-rows]");
  const undo = place.querySelector("[data-across-undo]");
  const past = [];
  const points = sheet.pointsOf(form);
  for (const { key, code, part } of points) {
    const words = part.querySelector("legend").textContent.trim().replace(/\s+/g, " ");
    which.append(Object.assign(document.createElement("option"), { value: key, textContent: words, title: code }));
  }

  function row({ learner, called, isOpen, state }, point) {
    const made = point.part.cloneNode(true);
    made.hidden = false;
    made.classList.remove("is-here");
    made.dataset.learner = learner;
    const legend = made.querySelector("legend");
    const must = legend.querySelector(".point-must");
    legend.replaceChildren(called, ...(must ? [" ", must] : []), ` ${isOpen ? "" : state}`);
    for (const field of made.querySelectorAll("[name]")) field.name = `x-${learner}-${field.name}`;
    for (const field of made.querySelectorAll("[id]")) field.id = `x-${learner}-${field.id}`;
    for (const label of made.querySelectorAll("[for]")) label.htmlFor = `x-${learner}-${label.htmlFor}`;
    made.disabled = !isOpen;
    sheet.write(made.querySelectorAll("[name]"), values(learner), (name) => name.slice(learner.length + 3));
    sheet.showNotes([made], about);
    return made;
  }

  function show() {
    const point = points.find((one) => one.key === which.value);
    rows.replaceChildren(...people().map((one) => row(one, point)));
    undo.disabled = !past.length;
  }

  function takeIn(event, isTap) {
    const part = event.target.closest("[data-learner]");
    if (!part) return;
    const { learner } = part.dataset;
    const before = values(learner);
    const fields = [...part.querySelectorAll("[name]")];
    const strip = (name) => name.slice(learner.length + 3);
    const after = { ...before };
    for (const field of fields) delete after[strip(field.name)];
    Object.assign(after, sheet.read(fields, strip));
    if (isTap) past.push([learner, before]);
    undo.disabled = !past.length;
    sheet.showNotes([part], about);
    change(learner, after);
  }

  which.addEventListener("change", show);
  rows.addEventListener("change", (event) => takeIn(event, true));
  rows.addEventListener("input", (event) => event.target.matches("textarea") && takeIn(event, false));
  undo.addEventListener("click", () => {
    const [learner, before] = past.pop();
    change(learner, before);
    show();
  });
  show();
  return show;
}
