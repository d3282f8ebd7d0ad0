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

// Promises that go on in functions of their own.
app.get("/chained", (request, response) => {
  const shop = String(request.query.shop);
  prisma.order.findMany({ where: { shop } }).then((rows) =>
    prisma.order.count({ where: { shop } }).then((total) => response.json({ rows, total })), // finding: CONC-003 confidence: medium
  );
  prisma.shop.findUnique({ where: { id: shop } }).then((row) => {
    return prisma.offer.findMany({ where: { city: row?.city } }).then((offers) => response.json({ row, offers })); // ok: needs the first; mutate: s/row?.city/shop/
  });
  prisma.shop.findUnique({ where: { id: shop } }).then((row) => {
    return prisma.offer.findMany({ where: { shop } }).then((offers) => response.json({ offers })); // ok: nobody looks at the first, which may be there for what it throws; mutate: s/json({ offers })/json({ row, offers })/
  });
});

// The other branch waits for nothing.
app.get("/series", async (request, response) => {
  const shop = String(request.query.shop);
  let rows: unknown[] = [];
  if (request.query.all) {
    rows = await prisma.order.findMany({ where: { shop } });
  } else {
    rows = [shop];
  }
  const total = await prisma.order.count({ where: { shop } }); // finding: CONC-003
  response.json({ rows, total });
});
