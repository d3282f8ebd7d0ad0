import Redis from "ioredis";
import { createClient } from "redis";

const redis = new Redis();
const client = createClient();
const secrets = new Map<string, string>();

export async function held() {
  return redis.keys("hold:*"); // finding: REDIS-001
}

export async function kept() {
  return client.keys("kept:*"); // finding: REDIS-001
}

export async function sent() {
  return client.sendCommand(["KEYS", "kept:*"]); // finding: REDIS-001
}

export async function carefully() {
  const found: string[] = [];
  for await (const keys of redis.scanStream({ match: "hold:*" })) { // ok: a cursor
    found.push(...keys);
  }
  return found;
}

export function names() {
  return [...secrets.keys()]; // ok: a map; mutate: s/secrets.keys()/(await redis.keys("*"))/
}

export function columns(row: object) {
  return Object.keys(row); // ok: an object
}
