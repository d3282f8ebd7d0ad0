const express = require("express");
const Redis = require("ioredis");
const { createClient } = require("redis");
const Product = require("./product");
const prisma = require("./db");

const app = express();
const redis = new Redis();
const client = createClient();

app.get("/products/:id", async (req, res) => {
  const cached = await redis.get(`product:${req.params.id}`);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const product = await Product.findById(req.params.id);
  await redis.set(`product:${req.params.id}`, JSON.stringify(product)); // finding: CACHE-007 confidence: medium
  return res.json(product);
});

app.put("/products/:id", async (req, res) => {
  await Product.findByIdAndUpdate(req.params.id, req.body);
  res.sendStatus(204);
});

app.get("/shops/:id", async (req, res) => {
  const key = `shop:${req.params.id}`;
  const cached = await client.get(key);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const shop = await prisma.shop.findUnique({ where: { id: req.params.id } });
  await client.setEx(key, 3600, JSON.stringify(shop)); // finding: CACHE-007 confidence: medium
  return res.json(shop);
});

app.put("/shops/:id", async (req, res) => {
  await prisma.shop.update({ where: { id: req.params.id }, data: req.body });
  res.sendStatus(204);
});

app.get("/carts/:id", async (req, res) => {
  const key = `cart:${req.params.id}`;
  const cached = await client.get(key);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const cart = await prisma.cart.findUnique({ where: { id: req.params.id } });
  // ok: written anew by the change; mutate: s/  await client.setEx(`cart:${req.params.id}`, 3600, JSON.stringify(changed));\n/\n/
  await client.setEx(key, 3600, JSON.stringify(cart));
  return res.json(cart);
});

app.put("/carts/:id", async (req, res) => {
  const changed = await prisma.cart.update({ where: { id: req.params.id }, data: req.body });
  await client.setEx(`cart:${req.params.id}`, 3600, JSON.stringify(changed));
  res.sendStatus(204);
});

app.get("/seats/:id", async (req, res) => {
  const key = `seat:${req.params.id}`;
  const cached = await redis.get(key);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const seat = await prisma.seat.findUnique({ where: { id: req.params.id } });
  await redis.set(key, JSON.stringify(seat), "PX", 30000); // ok: half a minute; mutate: s/"PX"/"EX"/
  return res.json(seat);
});

app.get("/seats/:id/short", async (req, res) => {
  const key = `short:${req.params.id}`;
  const cached = await redis.get(key);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const seat = await prisma.seat.findUnique({ where: { id: req.params.id } });
  await redis.psetex(key, 5000, JSON.stringify(seat)); // ok: five seconds; mutate: s/psetex/setex/
  return res.json(seat);
});

app.put("/seats/:id", async (req, res) => {
  await prisma.seat.update({ where: { id: req.params.id }, data: req.body });
  res.sendStatus(204);
});
