import express from "express";
import Redis from "ioredis";
import { createClient } from "redis";

const app = express();
const redis = new Redis();
const client = createClient();

app.get("/orders/:id", async (req, res) => {
  const key = `order:${req.params.id}`;
  const cached = await redis.get(key);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const order = await load(req.params.id);
  await redis.set(key, JSON.stringify(order)); // finding: CACHE-008
  return res.json(order);
});

app.get("/brief/:id", async (req, res) => {
  const cached = await client.get(req.params.id);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const order = await load(req.params.id);
  await client.set(req.params.id, JSON.stringify(order)); // finding: CACHE-008
  return res.json(order);
});

app.get("/settled/:id", async (req, res) => {
  const key = `settled:${req.params.id}`;
  const cached = await redis.get(key);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const [order] = await Promise.allSettled([load(req.params.id)]);
  await redis.set(key, JSON.stringify(order)); // finding: CACHE-008
  return res.json(order);
});

app.get("/kept/:id", async (req, res) => {
  const key = `kept:${req.params.id}`;
  const cached = await redis.get(key);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const order = await load(req.params.id);
  await redis.set(key, JSON.stringify(order), "EX", 300); // ok: ends; mutate: s/, "EX", 300//
  return res.json(order);
});

const keyOf = (user: string) => `cart:${user}`;

export async function cart(user: string) {
  const cached = await redis.get(keyOf(user));
  if (cached) {
    return JSON.parse(cached);
  }
  const found = await load(user);
  await redis.set(keyOf(user), JSON.stringify(found)); // finding: CACHE-008 confidence: medium
  return found;
}

export async function addToCart(user: string, item: string) {
  const changed = { ...(await load(user)), item };
  await redis.set(keyOf(user), JSON.stringify(changed)); // finding: CACHE-008 confidence: medium
}

export async function installation() {
  const known = await redis.get("installation");
  if (known) {
    return known;
  }
  const drawn = Math.random().toString(36);
  await redis.set("installation", drawn); // ok: drawn here, and nowhere else; mutate: s/Math.random().toString(36)/String(await load("installation"))/
  return drawn;
}

export async function mode(name: string) {
  await redis.set(`mode:${name}`, name); // ok: nobody asks first, a setting
}

const load = async (id: string) => ({ id });
