import Redis from "ioredis";

const redis = new Redis();

export async function fill(counts) {
  for (const count of counts) {
    await redis.hset("counts", count.key, count.value); // finding: DB-BATCH-001
  }
}

export async function fillTogether(counts) {
  const pipe = redis.pipeline();
  for (const count of counts) {
    pipe.hset("counts", count.key, count.value); // ok: a pipeline; mutate: s/pipe.hset/await redis.hset/
  }
  await pipe.exec();
}
