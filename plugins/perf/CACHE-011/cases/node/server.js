const express = require("express");
const Fastify = require("fastify");
const Redis = require("ioredis");
const { find } = require("./store");

const app = express();
const fast = Fastify();
const redis = new Redis();

app.get("/files/:id", async (req, res) => {
  res.set("Cache-Control", "public, max-age=86400");
  const file = await find(req.params.id);
  if (!file) {
    return res.status(404).end(); // finding: CACHE-011 confidence: medium
  }
  return res.send(file);
});

app.get("/images/:id", async (req, res) => {
  const file = await find(req.params.id);
  if (!file) {
    return res.status(404).end(); // ok: no lifetime yet
  }
  res.set("Cache-Control", "public, max-age=86400");
  return res.send(file);
});

app.get("/videos/:id", async (req, res) => {
  res.set("Cache-Control", "public, max-age=86400");
  const file = await find(req.params.id);
  if (!file) {
    return res.status(404).set("Cache-Control", "no-store").end(); // ok: taken back; mutate: s/.set("Cache-Control", "no-store")//
  }
  return res.send(file);
});

fast.get("/secret", async (request, reply) => {
  reply.header("Cache-Control", "private, max-age=600");
  return reply.code(403).send({}); // finding: CACHE-011
});

app.get("/users/:name", async (req, res) => {
  const key = `user:${req.params.name}`;
  const cached = await redis.get(key);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const user = await find(req.params.name);
  if (!user) {
    await redis.set(key, "null", "EX", 900); // finding: CACHE-011
    return res.sendStatus(404);
  }
  await redis.set(key, JSON.stringify(user), "EX", 900);
  return res.json(user);
});
