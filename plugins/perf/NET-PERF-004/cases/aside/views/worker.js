const PRICES = "https://prices.example/now";

async function load() {
  const answer = await fetch(PRICES); // ok: a browser runs it; mutate: s/("install"/("message"/
  return answer.clone();
}

self.addEventListener("install", (event) => event.waitUntil(load()));

self.addEventListener("fetch", (event) => {
  event.respondWith(load());
});
