// The station page that was opened last, kept so that it opens without a line; static/js/sw.js answers from it.

const STATION = "highroad-station";

// True where the page is kept. `account` must stand in what came: a page for somebody else is not kept.
export async function keep(root) {
  if (!("serviceWorker" in navigator && "caches" in window)) return false;
  const address = location.pathname;
  try {
    await navigator.serviceWorker.register(root.dataset.worker, { scope: "/" });
    await navigator.serviceWorker.ready;
    const cache = await caches.open(STATION);
    const page = navigator.onLine && (await fetch(address, { cache: "no-store", credentials: "same-origin" }).catch(() => null));
    if (!page) return Boolean(await cache.match(address, { ignoreVary: true }));
    if (!page.ok || page.redirected) return false;
    if (!(await page.clone().text()).includes(root.dataset.account)) return false;
    const files = filesOf(root);
    const fetched = await Promise.all(files.map((one) => fetch(one)));
    if (fetched.some((one) => !one.ok)) return false;
    const old = await cache.keys();
    await Promise.all(files.map((one, place) => cache.put(one, fetched[place])));
    await cache.put(address, page);
    const now = new Set([address, ...files].map((one) => new URL(one, location.href).href));
    await Promise.all(old.filter((one) => !now.has(one.url)).map((one) => cache.delete(one)));
    return true;
  } catch {
    return false;
  }
}

function filesOf(root) {
  const linked = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((one) => one.href || one.src);
  const modules = Object.values(root.dataset).filter((one) => /^\/.*\.js$/.test(one) && one !== root.dataset.worker);
  return [...new Set([...linked, ...modules.map((one) => new URL(one, location.href).href)])];
}
