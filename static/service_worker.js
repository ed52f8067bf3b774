// Keeps the pages of respondents, and what they load, for the time without network. Touches no other page.
"use strict";

const PAGES = "asn-eval-pages";
const PARTS = "asn-eval-parts";
const OURS = /^\/(jawab|s)\/[a-z0-9]+\/$/i;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && OURS.test(url.pathname)) event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
});

// The newest page where there is a network, the kept one otherwise. What is over (sent, closed) is not kept.
async function page(request) {
  const kept = await caches.open(PAGES);
  try {
    const answer = await fetch(request);
    if (answer.ok && (await isForm(answer.clone()))) await kept.put(request, answer.clone());
    else if (answer.status < 500) await kept.delete(request, { ignoreSearch: true });
    return answer;
  } catch (error) {
    const found = await kept.match(request, { ignoreSearch: true });
    if (found) return found;
    throw error;
  }
}

const isForm = async (answer) => (await answer.text()).includes('id="answers"');

async function part(request) {
  const kept = await caches.open(PARTS);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await kept.put(request, answer.clone());
  return answer;
}
