// From change to change by key: n and p, and } and { from lesson to lesson. A button turns the keys off for good, because
// single keys can be pressed by accident (WCAG 2.1.4); without script the page is read by scrolling, as ever.
const KEY = "highroad.change-keys";
const bar = document.querySelector("[data-change-keys]");
const changes = () => [...document.querySelectorAll(".change, .page-change.is-added, .page-change.is-removed")];
const lessons = () => [...document.querySelectorAll(".page-change")];
const MOVES = { n: [changes, 1], p: [changes, -1], "}": [lessons, 1], "{": [lessons, -1] };

const isOff = () => {
  try { return localStorage.getItem(KEY) === "off"; } catch { return false; }
};

function go(list, step) {
  const places = list();
  const top = (place) => place.getBoundingClientRect().top;
  const next = step > 0 ? places.find((place) => top(place) > 90) : places.filter((place) => top(place) < 60).at(-1);
  if (!next) return;
  next.setAttribute("tabindex", "-1");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

if (bar && changes().length > 1) {
  const button = bar.querySelector("button");
  const show = () => {
    bar.hidden = false;
    bar.classList.toggle("is-off", isOff());
    button.textContent = isOff() ? button.dataset.on : button.dataset.off;
  };
  show();
  button.addEventListener("click", () => {
    try { localStorage.setItem(KEY, isOff() ? "on" : "off"); } catch { /* kept for this page only */ }
    show();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || isOff() || !MOVES[event.key]) return;
    event.preventDefault();
    go(...MOVES[event.key]);
  });
}
