const express = require("express");
const Redis = require("ioredis");
const mongoose = require("mongoose");
const { PrismaClient } = require("@prisma/client");

const app = express();
const redis = new Redis();
const prisma = new PrismaClient();
const Product = mongoose.model("Product", new mongoose.Schema({ name: String }));

app.get("/products/:id", async (req, res) => {
  const product = await Product.findById(req.params.id); // finding: CACHE-012 confidence: low
  return res.json(product);
});

app.get("/shops/:id", async (req, res) => {
  const shop = await prisma.shop.findUnique({ where: { id: req.params.id } }); // finding: CACHE-012
  return res.json(shop);
});

app.get("/rates/:id", async (req, res) => {
  const cached = await redis.get(`rate:${req.params.id}`);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const rate = await prisma.rate.findUnique({ where: { id: req.params.id } }); // ok: asks the cache first
  await redis.set(`rate:${req.params.id}`, JSON.stringify(rate), "EX", 60);
  return res.json(rate);
});

app.get("/pages/:id", async (req, res) => {
  res.set("Cache-Control", "public, max-age=60");
  // ok: clients keep it; mutate: s/  res.set("Cache-Control", "public, max-age=60");\n//
  const page = await prisma.page.findUnique({ where: { id: req.params.id } });
  return res.json(page);
});
