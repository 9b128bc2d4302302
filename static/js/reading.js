// Small courtesies of a page that reads well without them.

// Looking across to the other language keeps the place: blocks have the same name in every language.
for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", () => {
    const here = [...document.querySelectorAll(".lesson-body > [id]")].find((block) => block.getBoundingClientRect().bottom > 120);
    if (here && scrollY > 300) link.hash = here.id;
  });
}

// Paper shows everything that the screen keeps folded, and folds it again afterwards.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const part of unfolded) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of unfolded) part.open = false;
});

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
for (const part of document.querySelectorAll("[data-courtesy]")) part.hidden = false;
