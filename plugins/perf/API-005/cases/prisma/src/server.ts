import express from "express";
import { PrismaClient } from "@prisma/client";

const app = express();
const prisma = new PrismaClient();

app.get("/orders", async (req, res) => {
  const orders = await prisma.order.findMany({ take: 50 }); // finding: API-005 confidence: low
  res.json(orders);
});

app.get("/orders/shown", async (req, res) => {
  const { view } = req.query;
  const orders = await prisma.order.findMany({ take: 50 }); // ok: the caller may choose; mutate: s/{ view } = req.query/{ view } = defaults/
  return view ? res.json(orders) : res.json(orders);
});

app.get("/orders/few", async (req, res) => {
  res.json(await prisma.order.findMany({ take: 50, select: { id: true } })); // ok: picks columns; mutate: s/, select: { id: true }//
});
