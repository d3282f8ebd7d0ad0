import { PrismaClient } from "@prisma/client";
import express from "express";

const app = express();
const prisma = new PrismaClient();

// Whether the first row is there decides what is answered, and no more.
app.get("/orders/:id", async (request, response) => {
  const { id } = request.params;
  const order = await prisma.order.findFirst({ where: { id } });
  if (!order) {
    return response.status(404).end();
  }
  const lines = await prisma.line.findMany({ where: { order: id } }); // finding: CONC-003 confidence: medium
  response.json({ order, lines });
});

app.get("/mine/:id", async (request, response) => {
  const { id } = request.params;
  const order = await prisma.order.findFirst({ where: { id } });
  if (!order) {
    return response.status(403).end();
  }
  const lines = await prisma.line.findMany({ where: { order: id } }); // ok: who may not see it gets nothing asked; mutate: s/status(403)/status(404)/
  response.json({ order, lines });
});

app.get("/own/:id", async (request, response) => {
  const { id } = request.params;
  const order = await prisma.order.findFirst({ where: { id } });
  if (!order || order.customer !== request.body.customer) {
    return response.status(404).end();
  }
  const lines = await prisma.line.findMany({ where: { order: id } }); // ok: asks more than whether it is there; mutate: s/ || order.customer !== request.body.customer//
  response.json({ order, lines });
});

app.post("/both/:id", async (request, response) => {
  const { id } = request.params;
  const order = await prisma.order.findFirst({ where: { id } });
  if (!order) {
    return response.status(404).end();
  }
  const shop = await prisma.shop.findFirst({ where: { id } }); // ok: one test after the other, in the order of what they say; mutate: s/if (!shop) {\n    return response.status(404).end();\n  }//
  if (!shop) {
    return response.status(404).end();
  }
  response.json({ order, shop });
});
