// What somebody chose in the questions of a page, kept on this device: {block id: places of the chosen answers}.
const answers = (check) => [...check.querySelectorAll(".answer input")];

export default function begin({ checks, name }, { kept, comforts }) {
  let chosen = {};
  try {
    chosen = JSON.parse(kept.get(name) ?? "{}");
  } catch {
    // What cannot be read is written anew.
  }

  function keep(check) {
    const places = answers(check).flatMap((input, place) => (input.checked ? [place] : []));
    if (places.length) chosen[check.id] = places;
    else delete chosen[check.id];
    kept.set(name, Object.keys(chosen).length ? JSON.stringify(chosen) : "");
    check.again.hidden = !places.length;
  }

  for (const check of checks) {
    const again = Object.assign(document.createElement("button"), { type: "button", className: "again" });
    again.textContent = comforts.dataset.again;
    again.lang = comforts.lang;
    check.again = again;
    check.querySelector(".feedback").after(again);
    for (const place of chosen[check.id] ?? []) {
      const input = answers(check)[place];
      if (input) input.checked = true;
    }
    keep(check);
    check.addEventListener("change", () => keep(check));
    again.addEventListener("click", () => {
      for (const input of answers(check)) input.checked = false;
      answers(check)[0].focus();
      keep(check);
    });
  }
}
