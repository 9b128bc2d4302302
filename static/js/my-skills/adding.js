// Sends the file of a form piece by piece, shows how far it is, waits for a line and goes on. Without it the form sends itself.

// The line may be there while nobody answers.
const AGAIN = 30000;

async function add(form) {
  const [file, progress] = [form.elements.file.files[0], form.querySelector("[data-progress]")];
  const [bar, said] = [progress.querySelector("progress"), progress.querySelector("[data-said]")];
  const button = form.querySelector("[type=submit]");
  const { send, NotSent } = await import(form.dataset.sending);
  const say = (words) => (said.textContent === words ? undefined : (said.textContent = words));
  const about = {
    url: form.dataset.adds,
    kind: form.elements.kind.value,
    consented: form.elements.consented?.checked ?? false,
    onBegun: (address) => (about.begun = address),
    onProgress: (sent, all) => {
      bar.value = Math.floor((100 * sent) / (all || 1));
      say(said.dataset.going);
    },
  };
  const noLine = () => say(said.dataset.waiting);
  button.disabled = true;
  progress.hidden = false;
  addEventListener("offline", noLine);
  try {
    for (;;) {
      try {
        await send(file, about);
        return location.assign(form.dataset.kept);
      } catch (error) {
        if (!(error instanceof NotSent) || error.sentence || error.status) throw error;
        noLine();
        await new Promise((resolve) => {
          addEventListener("online", resolve, { once: true });
          setTimeout(resolve, AGAIN);
        });
      }
    }
  } catch (error) {
    say(error.sentence || said.dataset.refused);
  } finally {
    removeEventListener("offline", noLine);
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("[data-adds]")) {
  form.addEventListener("submit", (event) => {
    if (!form.elements.file.files[0]) return;
    event.preventDefault();
    add(form);
  });
}
