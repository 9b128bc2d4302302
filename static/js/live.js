// An element with data-live is fetched anew every few seconds while the page is in view, and replaced where it changed.
const EVERY = 4000;

async function renew(place) {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.live, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const now = document.createElement("template");
    now.innerHTML = await answer.text();
    if (now.innerHTML.trim() !== place.innerHTML.trim()) place.replaceChildren(now.content);
  } catch {
    // No line just now: what stands there goes on standing, and the next look tries again.
  }
}

for (const place of document.querySelectorAll("[data-live]")) setInterval(renew, EVERY, place);
