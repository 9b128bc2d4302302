// Sheets and files on this phone. Kept at every tap; where a window keeps nothing, in memory, and the page says so.
//
// A sheet belongs to the account that wrote it: whoever asks names theirs and is given nothing of anybody else's.

const NAME = "highroad-station";
const STORES = ["sheets", "files"];
const memory = Object.fromEntries(STORES.map((name) => [name, new Map()]));
let opened;

function open() {
  opened ??= new Promise((resolve) => {
    let asked;
    try {
      asked = indexedDB.open(NAME, 1);
    } catch {
      return resolve(null);
    }
    asked.addEventListener("upgradeneeded", () => STORES.forEach((name) => asked.result.createObjectStore(name, { keyPath: "uid" })));
    asked.addEventListener("error", () => resolve(null));
    asked.addEventListener("success", () => {
      const base = asked.result;
      // Another tab erases the phone.
      base.addEventListener("versionchange", () => base.close());
      resolve(base);
    });
  });
  return opened;
}

async function act(name, mode, ask) {
  const base = await open();
  if (!base) return undefined;
  return new Promise((resolve, reject) => {
    const work = base.transaction(name, mode, { durability: "strict" });
    const asked = ask(work.objectStore(name));
    work.addEventListener("complete", () => resolve(asked.result));
    work.addEventListener("abort", () => reject(work.error));
    work.addEventListener("error", () => reject(work.error));
  });
}

// False where this window keeps nothing.
export const keeps = async () => Boolean(await open());

// False where there was no room, or the window keeps nothing: then it is in memory alone.
export async function put(name, row) {
  memory[name].set(row.uid, row);
  try {
    await act(name, "readwrite", (store) => store.put(row));
    return await keeps();
  } catch {
    return false;
  }
}

export async function remove(name, uid) {
  memory[name].delete(uid);
  await act(name, "readwrite", (store) => store.delete(uid)).catch(() => {});
}

export async function mine(name, account) {
  const rows = (await act(name, "readonly", (store) => store.getAll()).catch(() => undefined)) ?? [...memory[name].values()];
  return rows.filter((row) => row.account === account);
}

// How many sheets and files on this phone were not sent, whoever wrote them.
export async function pending() {
  const rows = await Promise.all(STORES.map((name) => act(name, "readonly", (store) => store.getAll()).catch(() => [])));
  return rows.flat().filter((row) => row && row.state !== "sent").length;
}

export async function eraseAll() {
  for (const rows of Object.values(memory)) rows.clear();
  const base = await open();
  base?.close();
  opened = undefined;
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    for (const name of ["success", "error", "blocked"]) asked.addEventListener(name, resolve);
  }).catch(() => {});
}
