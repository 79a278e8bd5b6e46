// Keeps the ward finder for use without a network. VERSION, PAGES and ASSETS stand before this text.
// Only what is the same for everybody is kept: the empty page, the list of wards, their files. Questions are POSTs and pass by; so do the
// squares of street lines, which would tell where somebody looked.
"use strict";

const CACHE = `wards-${VERSION}`;

self.addEventListener("install", (event) => {
  const fresh = PAGES.map((page) => new Request(page, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...ASSETS, ...fresh])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("wards-") && name !== CACHE);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (ASSETS.includes(pathname)) event.respondWith(kept(pathname).then((answer) => answer ?? fetch(event.request)));
  else if (mode === "navigate" && PAGES.includes(pathname + search)) {
    event.respondWith(fetch(event.request).catch(() => kept(pathname + search)));
  }
});

async function kept(address) {
  return (await caches.open(CACHE)).match(address);
}
