import { PrismaClient } from "@prisma/client";
import express from "express";
import mongoose from "mongoose";
import { Pool } from "pg";

const prisma = new PrismaClient();
const pool = new Pool();
const Cart = mongoose.model("Cart", new mongoose.Schema({ owner: String }));
const app = express();

app.get("/orders", async (request, response) => {
  const owner = request.query.owner;
  const total = (await prisma.order.findMany({ where: { owner } })).length;
  const newest = (await prisma.order.findMany({ where: { owner } }))[0]; // finding: CACHE-001
  response.json({ total, newest });
});

app.get("/carts", async (request, response) => {
  const first = await Cart.findOne({ owner: request.query.owner });
  const second = await Cart.findOne({ owner: request.query.owner }); // finding: CACHE-001
  response.json({ first, second });
});

app.get("/rows", async (request, response) => {
  const first = await pool.query("SELECT total FROM orders WHERE id = $1", [request.query.id]);
  const second = await pool.query("SELECT total FROM orders WHERE id = $1", [request.query.id]); // finding: CACHE-001
  response.json({ first, second });
});

app.post("/paid", async (request, response) => {
  const before = await prisma.order.findUnique({ where: { id: 3 } });
  await prisma.order.update({ where: { id: 3 }, data: { paid: true } });
  const after = await prisma.order.findUnique({ where: { id: 3 } }); // ok: written in between; mutate: s/  await prisma.order.update({ where: { id: 3 }, data: { paid: true } });\n//
  response.json({ before, after });
});

app.get("/two", async (request, response) => {
  const first = await prisma.order.findUnique({ where: { id: 4 } });
  const second = await prisma.order.findUnique({ where: { id: 5 } }); // ok: another one; mutate: s/{ id: 5 }/{ id: 4 }/
  response.json({ first, second });
});
