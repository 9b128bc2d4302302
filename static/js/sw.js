// The service worker: answers from what somebody saved, and from its own few pages; everything else goes to the network.
//
// The server puts one line above this file: self.SHELL = {version, holds, offline}. What is saved is written by
// static/js/offline.js into one cache a module; the index names those that are whole, and only they are looked into.

const SHELL = "highroad-shell:";
const INDEX = "highroad-index";
const ENTRY = "/saved/index.json";
// The station page that was opened last, written by static/js/station/copy.js. It belongs to whoever is signed in, so it
// goes as soon as anybody signs in or out.
const STATION = "highroad-station";
const WAYS_IN_AND_OUT = /^\/(accounts\/|demo\/|in\/|welcome\/|learn\/leave\/|[a-z]{2}\/learn\/leave\/)/;

// {address: name of the cache that holds it}, read again with every page, so that it is never behind the index.
let held = new Map();

async function look() {
  const found = await caches.match(ENTRY, { cacheName: INDEX }).catch(() => undefined);
  const index = found ? await found.json() : {};
  held = new Map(Object.values(index).flatMap((one) => one.holds.map((address) => [address, one.cache])));
}

let looked;

async function kept(request, address) {
  if (request.mode === "navigate" || !looked) looked = look();
  await looked;
  const cacheName = held.get(address);
  return cacheName && caches.match(address, { cacheName, ignoreVary: true });
}

function own(address) {
  return caches.match(address, { cacheName: SHELL + self.SHELL.version, ignoreVary: true });
}

// Without a line only; the page is the same whomever it was asked about.
const atStation = (address) => caches.match(address, { cacheName: STATION, ignoreVary: true });

// A player asks for parts of a recording, and some play nothing without.
async function part(response, range) {
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
  if (!match) return response;
  const whole = await response.blob();
  const [first, last] = [Number(match[1]), Math.min(Number(match[2] || whole.size - 1), whole.size - 1)];
  const about = { "Content-Range": `bytes ${first}-${last}/${whole.size}`, "Content-Type": whole.type };
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  return new Response(whole.slice(first, last + 1), { status: 206, headers: about });
}

// The page that says there is no line, in the language of the address.
function instead(path) {
  const language = Object.keys(self.SHELL.offline).find((prefix) => prefix && path.startsWith(`${prefix}/`)) ?? "";
  return own(self.SHELL.offline[language]);
}

async function answer(request) {
  const { pathname, search } = new URL(request.url);
  const found = await kept(request, pathname + search);
  if (found) return part(found, request.headers.get("range"));
  try {
    return await fetch(request);
  } catch (error) {
    const shell = (await own(pathname + search)) ?? (await atStation(request.mode === "navigate" ? pathname : pathname + search));
    const page = shell ?? (request.mode === "navigate" && (await instead(pathname)));
    if (page) return page;
    throw error;
  }
}

addEventListener("install", (event) => {
  const fill = async () => (await caches.open(SHELL + self.SHELL.version)).addAll(self.SHELL.holds);
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

// Only shells of other versions go: what somebody saved stays.
addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(SHELL) && name !== SHELL + self.SHELL.version);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

// Something was saved or taken off.
addEventListener("message", () => {
  looked = undefined;
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "POST" && WAYS_IN_AND_OUT.test(new URL(request.url).pathname)) event.waitUntil(caches.delete(STATION));
  // Whoever saves or asks for news wants the server's own words.
  if (request.method !== "GET" || request.cache === "no-store") return;
  if (new URL(request.url).origin === location.origin) event.respondWith(answer(request));
});
