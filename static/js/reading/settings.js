// Size, room, colors, movement: chosen once, kept on this device, put on <html> by reading.js before a page is drawn.
const NAMES = ["text", "room", "light", "still"];

export default function begin(button, { kept, comforts }) {
  if (button.panel) {
    // Where the browser knows popovers it opens and closes this one by itself.
    if (!button.panel.showPopover) button.panel.hidden = !button.panel.hidden;
    return;
  }
  const { dataset } = document.documentElement;
  const panel = comforts.querySelector("#settings").content.firstElementChild.cloneNode(true);
  button.panel = panel;
  for (const name of NAMES) panel.querySelector(`[name=${name}][value="${dataset[name] ?? ""}"]`).checked = true;
  panel.addEventListener("change", ({ target }) => {
    if (target.value) dataset[target.name] = target.value;
    else delete dataset[target.name];
    const chosen = NAMES.filter((name) => dataset[name]).map((name) => `${name}=${dataset[name]}`);
    kept.set("looks", chosen.join(" "));
  });
  panel.addEventListener("submit", (event) => event.preventDefault());
  panel.querySelector("[value=close]").addEventListener("click", () => {
    if (panel.hidePopover) panel.hidePopover();
    else panel.hidden = true;
    button.focus();
  });
  comforts.append(panel);
  if (!panel.showPopover) return;
  button.popoverTargetElement = panel;
  panel.showPopover();
  panel.querySelector(":checked").focus();
}
