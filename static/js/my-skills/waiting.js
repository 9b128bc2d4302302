// Sends signed sheets that waited on this phone for a line, and says so.

const place = document.querySelector("[data-handed]");
const { all, send } = await import(place.dataset.handed);
const told = place.querySelector("[role=status]");

function say(words) {
  place.hidden = false;
  told.textContent = words;
}

let going = false;
async function sendAll() {
  if (going) return;
  going = true;
  const waiting = (await all().catch(() => [])).filter((one) => one.state === "waiting");
  for (const one of waiting) {
    const answer = await send(one);
    say(answer.kept ? told.dataset.kept : answer.sentence || told.dataset.waiting);
  }
  going = false;
}

addEventListener("online", sendAll);
sendAll();
