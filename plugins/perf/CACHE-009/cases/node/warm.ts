import Redis from "ioredis";
import { createClient } from "redis";
import { CACHE_TTL, prisma } from "./db";

const redis = new Redis();
const client = createClient();

export async function warmProfiles() {
  const users = await prisma.user.findMany();
  for (const user of users) {
    await redis.set(`profile:${user.id}`, JSON.stringify(user), "EX", 3600); // finding: CACHE-009 confidence: medium
  }
}

export async function warmProducts() {
  const products = await prisma.product.findMany();
  await Promise.all(
    products.map(async (product) => {
      await client.setEx(`product:${product.id}`, CACHE_TTL.PRODUCT, JSON.stringify(product)); // finding: CACHE-009 confidence: medium
    }),
  );
}

export async function warmPrices() {
  const prices = await prisma.price.findMany();
  for (const price of prices) {
    // ok: spread; mutate: s/3600 + Math.floor(Math.random() * 720)/3600/
    await redis.set(`price:${price.id}`, JSON.stringify(price), "EX", 3600 + Math.floor(Math.random() * 720));
  }
}

export async function warmRates() {
  const rates = await prisma.rate.findMany();
  for (const rate of rates) {
    await redis.set(`rate:${rate.id}`, JSON.stringify(rate), "PX", 20000); // ok: ends before the load notices; mutate: s/"PX", 20000/"PX", 90000/
  }
}
