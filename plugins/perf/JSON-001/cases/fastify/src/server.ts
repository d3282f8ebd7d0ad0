import Fastify from "fastify";

import { load } from "./orders";

const app = Fastify();

app.get("/orders", async (request, reply) => {
  const orders = await load();
  return reply.send(JSON.parse(JSON.stringify(orders))); // finding: JSON-001 confidence: medium
});

app.get("/small", async (request, reply) => {
  reply.send(JSON.stringify({ ok: true }, null, 2)); // finding: JSON-001 confidence: low
});
