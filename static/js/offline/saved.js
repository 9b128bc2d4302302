// The page of what is saved on this phone, made from the phone's own index: it needs no line.
const root = document.documentElement;
const part = document.querySelector("[data-saved]");
const said = part.querySelector("[role=status]");
const rows = part.querySelector("ul");

document.querySelector("[data-again]")?.setAttribute("href", location.href);

function row(one, { day, fill, size, takeOff }) {
  const made = part.querySelector("template").content.firstElementChild.cloneNode(true);
  const link = made.querySelector("a");
  const language = one.urls[root.lang] ? root.lang : Object.keys(one.urls)[0];
  link.href = one.urls[language];
  link.textContent = one.titles[language];
  made.querySelector("p").textContent = fill(part.dataset.about, { label: one.label, size: size(one.bytes), date: day(one.at) });
  made.querySelector("button").addEventListener("click", async () => {
    await takeOff(one.key);
    await show();
    said.textContent = `${link.textContent}: ${part.dataset.off}`;
  });
  return made;
}

async function show() {
  const copies = await import(part.dataset.save);
  const index = "caches" in window ? await copies.saved() : {};
  const told = Object.entries(index).map(([key, one]) => ({ key, ...one }));
  rows.replaceChildren(...told.map((one) => row(one, copies)));
  part.querySelector("[data-none]").hidden = told.length > 0;
}

show();
