import { PrismaClient } from "@prisma/client";
import express from "express";
import mongoose from "mongoose";
import { Pool } from "pg";

const prisma = new PrismaClient();
const pool = new Pool();
const Cart = mongoose.model("Cart", new mongoose.Schema({ owner: String }));
const Position = mongoose.model("Position", new mongoose.Schema({ cart: String }));
const app = express();

app.post("/orders", async (request, response) => {
  const order = await prisma.order.create({ data: { customer: request.body.customer } });
  await prisma.line.create({ data: { orderId: order.id } }); // finding: DB-PERF-004
  response.json(order);
});

app.delete("/teams/:id", async (request, response) => {
  const teamId = request.params.id;
  await prisma.member.deleteMany({ where: { teamId } });
  await prisma.team.delete({ where: { id: teamId } }); // finding: DB-PERF-004
  response.sendStatus(204);
});

app.post("/held", async (request, response) => {
  await prisma.$transaction(async (tx) => {
    const order = await tx.order.create({ data: { customer: request.body.customer } });
    await tx.line.create({ data: { orderId: order.id } }); // ok: one transaction
  });
  response.sendStatus(201);
});

app.post("/carts", async (request, response) => {
  const cart = await Cart.create({ owner: request.body.owner });
  await Position.create({ cart: cart._id }); // finding: DB-PERF-004
  response.json(cart);
});

app.post("/carts-held", async (request, response) => {
  const session = await mongoose.startSession();
  const [cart] = await Cart.create([{ owner: request.body.owner }], { session });
  await Position.create([{ cart: cart._id }], { session }); // ok: one session
  response.json(cart);
});

app.post("/rows", async (request, response) => {
  const { rows } = await pool.query("INSERT INTO orders (customer) VALUES ($1) RETURNING id", [request.body.customer]);
  await pool.query("INSERT INTO lines (order_id) VALUES ($1)", [rows[0].id]); // finding: DB-PERF-004
  response.json(rows);
});

app.post("/visits", async (request, response) => {
  const order = await prisma.order.create({ data: {} });
  await prisma.notification.create({ data: { orderId: order.id } }); // ok: goes its own way; mutate: s/prisma.notification/prisma.parcel/
  response.json(order);
});

app.post("/nothing", async (request, response) => {
  const order = await prisma.order.create({ data: {} });
  await prisma.line.create({ data: { sku: request.body.sku } }); // ok: has nothing to do with it; mutate: s/{ sku: request.body.sku }/{ orderId: order.id }/
  response.json(order);
});
