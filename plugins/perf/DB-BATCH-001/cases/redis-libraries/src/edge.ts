import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function seen(ids: string[]) {
  for (const id of ids) {
    await redis.sadd("seen", id); // finding: DB-BATCH-001
  }
}

export async function seenTogether(ids: string[]) {
  const pipe = redis.pipeline();
  for (const id of ids) {
    pipe.sadd("seen", id); // ok: one request; mutate: s/pipe.sadd/await redis.sadd/
  }
  await pipe.exec();
}
