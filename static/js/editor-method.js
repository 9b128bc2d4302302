// The editor of an assessment shows the fields its method uses. What holds something stays in sight, whatever the method.
const methods = document.querySelector("[data-methods]");
const choice = document.querySelector("#id_method");

const names = (line) => line.dataset.fields.split(" ");
const lines = [...methods.querySelectorAll("[data-method]")];
const all = new Set(lines.flatMap(names));
const top = [...all].filter((name) => !name.includes("."));
const inside = [...all].filter((name) => name.includes("."));

const place = (name) => document.querySelector(`#page-edit-form [data-contentpath="${name}"]`);
const box = (field) => field.closest(".w-panel__wrapper") || field.closest("[data-panel]");

// Numbers begin with what is usual, so they say nothing about whether anybody wrote them.
function holds(field) {
  if (field.querySelector("[data-streamfield-child]")) return true;
  return [...field.querySelectorAll("input, textarea, select")].some((one) =>
    one.type === "checkbox" ? one.checked : one.type !== "number" && one.type !== "hidden" && one.value !== "",
  );
}

function markFilled() {
  for (const name of inside) {
    const [list, part] = name.split(".");
    for (const field of place(list).querySelectorAll(`[data-contentpath="${part}"]`)) {
      const input = field.querySelector("input");
      field.toggleAttribute("data-filled", Boolean(input && (input.type === "checkbox" ? input.checked : input.value)));
    }
  }
}

function show() {
  const line = lines.find((one) => one.dataset.method === choice.value);
  const used = new Set(line ? names(line) : all);
  for (const one of lines) one.hidden = one !== line;
  for (const name of top) {
    const field = place(name);
    if (field) box(field).hidden = !used.has(name) && !holds(field);
  }
  for (const group of document.querySelectorAll("#page-edit-form [data-panel]:has(.w-panel__wrapper)")) {
    group.hidden = ![...group.querySelectorAll(".w-panel__wrapper")].some((one) => !one.hidden);
  }
  markFilled();
  place("criteria").dataset.unused = inside.filter((name) => !used.has(name)).join(" ");
}

choice.addEventListener("change", () => {
  const graded = document.querySelector("#id_graded");
  const line = lines.find((one) => one.dataset.method === choice.value);
  if (graded?.checked && line && !("judged" in line.dataset)) graded.click();
  show();
});
show();
// Lists are drawn by Wagtail once the page is there.
if (document.readyState !== "complete") addEventListener("load", () => setTimeout(show));
