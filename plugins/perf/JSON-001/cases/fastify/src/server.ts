import Fastify from "fastify";

import { load } from "./orders";

const app = Fastify();

app.get("/orders", async (request, reply) => {
  const orders = await load();
  return reply.send(JSON.parse(JSON.stringify(orders))); // finding: JSON-001 confidence: medium
});

app.get("/small", async (request, reply) => {
  reply.send(JSON.stringify({ ok: true, asked: request }, null, 2)); // ok: nothing but constants and what was asked; mutate: s/asked: request/orders: await load()/
});

app.get("/summary", async (request, reply) => {
  const orders = await load();
  reply.send(JSON.stringify({ orders }, null, 2)); // finding: JSON-001 confidence: low
});
