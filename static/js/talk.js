// A way to say something (a link with data-talk-form) opens its form in place instead of on a screen of its own. Posting is a
// plain form post, and without script the link leads to the same form.
const FORM = ".talk-form";

async function open(link) {
  const answer = await fetch(link.href, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector(FORM);
  if (!form) throw new Error("no form");
  for (const other of document.querySelectorAll(FORM)) close(other);
  form.opener = link;
  apart(form);
  link.closest("p").after(form);
  link.setAttribute("aria-expanded", "true");
  form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
}

// Ids of the form may stand on the page already.
function apart(form) {
  const mark = `f${Date.now().toString(36)}-`;
  for (const part of form.querySelectorAll("[id]")) part.id = mark + part.id;
  for (const name of ["for", "aria-describedby"]) {
    for (const part of form.querySelectorAll(`[${name}]`)) {
      part.setAttribute(name, part.getAttribute(name).split(" ").map((id) => mark + id).join(" "));
    }
  }
}

function close(form) {
  const link = form.opener;
  if (!link) return;
  form.remove();
  link.removeAttribute("aria-expanded");
  link.focus();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-talk-form], a[data-talk-close]");
  if (!link) return;
  const form = link.closest(FORM);
  if (link.hasAttribute("data-talk-close")) {
    if (!form?.opener) return;
    event.preventDefault();
    close(form);
    return;
  }
  event.preventDefault();
  open(link).catch(() => location.assign(link.href));
});
