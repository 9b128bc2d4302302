// Private notes: written to this device as they are typed, under the page's own name, and sent to nobody.
export default function begin(part, { kept }) {
  const paper = part.querySelector("textarea");
  if (!paper.readOnly) return;
  const said = part.querySelector("[role=status]");
  paper.value = kept.get(paper.dataset.kept) ?? "";
  paper.readOnly = false;
  paper.addEventListener("input", () => {
    const words = kept.set(paper.dataset.kept, paper.value) ? said.dataset.saved : said.dataset.full;
    if (said.textContent !== words) said.textContent = words;
  });
}
