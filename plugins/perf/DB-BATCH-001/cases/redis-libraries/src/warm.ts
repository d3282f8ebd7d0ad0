import { createClient } from "redis";

const cache = createClient();

export async function warm(prices: Price[]) {
  for (const price of prices) {
    await cache.set(`price:${price.id}`, price.amount); // finding: DB-BATCH-001
  }
}

export async function warmTogether(prices: Price[]) {
  const multi = cache.multi();
  for (const price of prices) {
    multi.set(`price:${price.id}`, price.amount); // ok: sent together; mutate: s/multi.set/await cache.set/
  }
  await multi.exec();
}

export async function forget(ids: string[]) {
  for (const id of ids) {
    await cache.del(`price:${id}`); // finding: DB-BATCH-001
  }
}
