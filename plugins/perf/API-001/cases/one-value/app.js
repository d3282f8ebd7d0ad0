const express = require("express");
const prisma = require("./db");

const app = express();

// ok: a sum is sent, not what it is made of; mutate: s/orders.reduce((a, o) => a + o.total, 0)/orders/
app.get("/sum", async (req, res) => {
  const orders = await prisma.order.findMany();
  res.json({ total: orders.reduce((a, o) => a + o.total, 0) });
});

// finding: API-001
app.get("/by-number", async (req, res) => {
  const orders = await prisma.order.findMany();
  res.json(orders.reduce((all, order) => ({ ...all, [order.id]: order }), {}));
});

// ok: a flag
app.get("/open", async (req, res) => {
  const orders = await prisma.order.findMany();
  res.json({ open: orders.some((o) => o.open) });
});

// ok: a number that a loop adds to; mutate: s/res.json({ sum })/res.json({ sum, orders })/
app.get("/loop", async (req, res) => {
  const orders = await prisma.order.findMany();
  let sum = 0;
  for (const order of orders) sum += order.total;
  res.json({ sum });
});

// ok: numbers of those that are left; mutate: s/res.json({ total, count })/res.json({ total, count, orders })/
app.get("/paid", async (req, res) => {
  const orders = await prisma.order.findMany();
  const total = orders.filter((o) => o.paid).reduce((s, o) => s + o.total, 0);
  const count = orders.filter((o) => o.paid).length;
  res.json({ total, count });
});

app.listen(80);
