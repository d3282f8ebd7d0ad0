import express from "express";
import { PrismaClient } from "@prisma/client";

const app = express();
const prisma = new PrismaClient();

app.get("/orders", async (req, res) => {
  const orders = await prisma.order.findMany({ take: 50 }); // finding: API-005 confidence: low
  res.json(orders);
});

app.get("/orders/few", async (req, res) => {
  res.json(await prisma.order.findMany({ take: 50, select: { id: true } })); // ok: picks columns; mutate: s/, select: { id: true }//
});
