// Signing out: says what was not sent, and leaves nothing of a station behind.

const said = document.querySelector("[data-unsent-sheets]");
const form = said.parentElement.querySelector("form[method=post]");
const store = await import(said.dataset.store);
const n = await store.pending();
said.textContent = n === 1 ? said.dataset.one : said.dataset.many.replace("{n}", n);
said.hidden = !n;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await store.eraseAll();
  if ("caches" in window) await caches.delete("highroad-station").catch(() => {});
  form.submit();
});
