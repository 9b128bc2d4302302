// "Leave and erase this phone": asks first, says what was not sent, then leaves nothing of this site behind.

// localStorage, then sessionStorage: every name of ours begins the same.
function eraseKept() {
  for (const which of ["localStorage", "sessionStorage"]) {
    try {
      const names = Object.keys(window[which]).filter((name) => name.startsWith("highroad:"));
      for (const name of names) window[which].removeItem(name);
    } catch {
      // It keeps nothing.
    }
  }
}

async function eraseCopies() {
  if ("caches" in window) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  if ("serviceWorker" in navigator) {
    const workers = await navigator.serviceWorker.getRegistrations();
    await Promise.all(workers.map((worker) => worker.unregister()));
  }
}

// Sheets that were signed on this phone, with the names of who signed.
async function eraseBases() {
  const found = (await indexedDB.databases?.()) ?? [{ name: "highroad-handed" }];
  for (const { name } of found) if (name?.startsWith("highroad")) indexedDB.deleteDatabase(name);
}

// Where nothing on the page says who is signed in: whoever is not is told so, and nothing happens.
async function signOut(address) {
  if (navigator.onLine) await fetch(address, { method: "POST", credentials: "same-origin" }).catch(() => {});
}

const dialog = document.querySelector("[data-erase-ask]");
const marks = import(dialog.dataset.marks);
const sheets = import(dialog.dataset.sheets);

async function ask() {
  const { pending } = await marks;
  const n = pending();
  const unsent = dialog.querySelector("[data-unsent]");
  unsent.hidden = !n;
  unsent.textContent = n === 1 ? unsent.dataset.one : unsent.dataset.many.replace("{n}", n);
  const left = await (await sheets).pending();
  const seen = dialog.querySelector("[data-unsent-sheets]");
  seen.hidden = !left;
  seen.textContent = left === 1 ? seen.dataset.one : seen.dataset.many.replace("{n}", left);
  // Only the server can end a session.
  dialog.querySelector("[data-line]").hidden = !navigator.onLine;
  dialog.querySelector("[data-no-line]").hidden = navigator.onLine;
  dialog.showModal();
}

// A form signs out by itself, once the phone is empty; without a line there is nobody to send it to.
async function leave(part) {
  (await marks).eraseAll();
  await (await sheets).eraseAll();
  eraseKept();
  await eraseCopies().catch(() => {});
  await eraseBases().catch(() => {});
  if (part.localName === "form" && navigator.onLine) return part.submit();
  if (part.dataset.signOut) await signOut(part.dataset.signOut);
  location.replace(part.dataset.home ?? "/");
}

const part = document.querySelector("[data-erase]");
const erase = dialog.querySelector("[value=erase]");
part.hidden = false;
if (part.localName === "form") {
  part.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
} else {
  part.querySelector("button").addEventListener("click", ask);
}
dialog.querySelector("[value=stay]").addEventListener("click", () => dialog.close());
erase.addEventListener("click", () => {
  erase.disabled = true;
  leave(part);
});
