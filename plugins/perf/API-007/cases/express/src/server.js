const express = require("express");
const mongoose = require("mongoose");
const { PrismaClient } = require("@prisma/client");

const app = express();
const prisma = new PrismaClient();
const Order = mongoose.model("Order", new mongoose.Schema({ total: Number }));

app.get("/orders", async (req, res) => {
  const [orders, total] = await Promise.all([
    Order.find().sort("_id").skip(req.query.skip).limit(20),
    Order.countDocuments(), // finding: API-007 confidence: medium
  ]);
  res.json({ orders, total });
});

app.get("/orders/asked", async (req, res) => {
  const filter = {};
  if (req.query.state) filter.state = req.query.state;
  const total = await Order.countDocuments(filter); // finding: API-007 confidence: medium
  res.json({ total, orders: await Order.find(filter).skip(req.query.skip).limit(20) });
});

app.get("/orders/scoped", async (req, res) => {
  const filter = {};
  if (req.user.role !== "admin") filter.owner = req.user.id;
  const total = await Order.countDocuments(filter); // finding: API-007 confidence: low
  res.json({ total, orders: await Order.find(filter).skip(req.query.skip).limit(20) });
});

app.get("/orders/waiting", async (req, res) => {
  const total = await Order.countDocuments({ state: "waiting" }); // finding: API-007 confidence: low
  res.json({ total, orders: await Order.find({ state: "waiting" }).skip(req.query.skip).limit(20) });
});

app.get("/orders/about", async (req, res) => {
  const total = await Order.estimatedDocumentCount(); // ok: from the metadata; mutate: s/estimatedDocumentCount/countDocuments/
  res.json({ total, orders: await Order.find().skip(req.query.skip).limit(20) });
});

app.get("/payments", async (req, res) => {
  const total = await prisma.payment.count(); // finding: API-007 confidence: medium
  res.json({ total, payments: await prisma.payment.findMany({ skip: Number(req.query.skip), take: 20 }) });
});

app.get("/payments/asked", async (req, res) => {
  const total = req.query.withTotal ? await prisma.payment.count() : null; // ok: only for those who ask; mutate: s/req.query.withTotal ? await prisma.payment.count() : null/await prisma.payment.count()/
  res.json({ total, payments: await prisma.payment.findMany({ skip: Number(req.query.skip), take: 20 }) });
});
