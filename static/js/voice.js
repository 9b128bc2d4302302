// "Say it about one paragraph": a quiet button after each, until somebody hides them again. Loaded when first asked for.
// Words and addresses are the page's own: the link beside the button leads to the form, and a block's id says which.

const BLOCKS = ".lesson:not(.assessment) .lesson-body > .block, .assessment .lesson-body .block [id^='b-']";
const OWN_ID = /^b-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
// Nothing but their own parts may stand between these, so the button goes inside.
const INSIDE = "li, dl > div, tr";

let shown = [];

export function toggle(button) {
  const label = button.querySelector("span");
  if (shown.length) {
    for (const one of shown) one.remove();
    shown = [];
    label.textContent = label.dataset.words;
    return;
  }
  looks(button.dataset.css);
  const form = button.closest("p").querySelector("a").href;
  for (const block of document.querySelectorAll(BLOCKS)) {
    const id = OWN_ID.exec(block.id)?.[1];
    if (id && block.innerText.trim() && !block.matches(".block-heading, .block-facilitator")) shown.push(put(block, id, form, button.dataset.say));
  }
  label.dataset.words = label.textContent;
  label.textContent = button.dataset.done;
  shown[0]?.scrollIntoView({ block: "center" });
  shown[0]?.firstElementChild.focus({ preventScroll: true });
}

function put(block, id, form, words) {
  const place = document.createElement("p");
  const link = document.createElement("a");
  const address = new URL(form);
  address.searchParams.set("block", id);
  place.className = "say-it";
  link.href = address;
  link.rel = "nofollow";
  link.lang = document.documentElement.lang;
  link.textContent = words;
  place.append(link);
  if (block.matches(INSIDE)) block.append(place);
  else block.after(place);
  return place;
}

function looks(address) {
  if (document.querySelector(`link[href="${address}"]`)) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = address;
  document.head.append(sheet);
}
