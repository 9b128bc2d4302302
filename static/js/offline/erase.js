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

// Where nothing on the page says who is signed in: whoever is not is told so, and nothing happens.
async function signOut(address) {
  if (navigator.onLine) await fetch(address, { method: "POST", credentials: "same-origin" }).catch(() => {});
}

const dialog = document.querySelector("[data-erase-ask]");
const marks = import(dialog.dataset.marks);

async function ask() {
  const { pending } = await marks;
  const n = pending();
  const unsent = dialog.querySelector("[data-unsent]");
  unsent.hidden = !n;
  unsent.textContent = n === 1 ? unsent.dataset.one : unsent.dataset.many.replace("{n}", n);
  // Only the server can end a session.
  dialog.querySelector("[data-line]").hidden = !navigator.onLine;
  dialog.querySelector("[data-no-line]").hidden = navigator.onLine;
  dialog.showModal();
}

// A form signs out by itself, once the phone is empty; without a line there is nobody to send it to.
async function leave(part) {
  (await marks).eraseAll();
  eraseKept();
  await eraseCopies().catch(() => {});
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
