import { PrismaClient } from "@prisma/client";
import express from "express";

const app = express();
const prisma = new PrismaClient();

app.get("/numbers", async (request, response) => {
  const [orders, offers, shops] = await Promise.all([
    await prisma.order.count(), // finding: CONC-003 confidence: high
    await prisma.offer.count(),
    prisma.shop.count(),
  ]);
  response.json({ orders, offers, shops });
});

app.get("/last", async (request, response) => {
  const [orders, offers] = await Promise.all([
    prisma.order.count(), // ok: has begun when the last one is waited for; mutate: s/prisma.order/await prisma.order/
    await prisma.offer.count(),
  ]);
  response.json({ orders, offers });
});

app.get("/each", async (request, response) => {
  const rows = await Promise.all(request.body.map(async (id: string) => prisma.order.findUnique({ where: { id } }))); // ok: one beside the other
  response.json(rows);
});
