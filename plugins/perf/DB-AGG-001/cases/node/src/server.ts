import { PrismaClient } from "@prisma/client";
import express from "express";
import mongoose from "mongoose";
import { Pool } from "pg";

const app = express();
const prisma = new PrismaClient();
const pool = new Pool();
const Visit = mongoose.model("Visit", new mongoose.Schema({ path: String }));

app.get("/open", async (req, res) => {
  const orders = await prisma.order.findMany({ where: { state: "open" } }); // finding: DB-AGG-001
  res.json({ count: orders.length });
});

app.get("/visits", async (req, res) => {
  res.json((await Visit.find({ path: "/" }).lean()).length); // finding: DB-AGG-001
});

app.get("/closed", async (req, res) => {
  // finding: DB-AGG-001
  const closed = await prisma.order.findMany({ where: { state: "closed" } });

  res.json({ count: closed.length });
});

app.get("/paths", async (req, res) => {
  const text = `${(await prisma.order.findMany()).length}`; // finding: DB-AGG-001
  const wide = await prisma.order.findMany({ include: { items: true } }); // finding: DB-AGG-001
  res.json({ text, wide: wide.length });
});

app.get("/turnover", async (req, res) => {
  const orders = await prisma.order.findMany(); // finding: DB-AGG-001
  res.json(orders.reduce((sum, order) => sum + order.total, 0));
});

app.get("/taxes", async (req, res) => {
  const orders = await prisma.order.findMany(); // ok: computed row by row; mutate: s/tax(order)/order.total/
  res.json(orders.reduce((sum, order) => sum + tax(order), 0));
});

app.get("/shown", async (req, res) => {
  const orders = await prisma.order.findMany(); // ok: the rows are shown; mutate: s/orders: orders,/all: true,/
  res.json({ orders: orders, count: orders.length });
});

app.get("/known", async (req, res) => {
  const orders = await prisma.order.findMany({ where: { id: { in: req.body.ids } } }); // ok: as many as were named; mutate: s/id: { in: req.body.ids }/state: "open"/
  res.json(orders.length === req.body.ids.length);
});

const tax = (order: { total: number }) => order.total * 0.19;
