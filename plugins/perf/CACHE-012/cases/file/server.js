const express = require("express");
const Redis = require("ioredis");
const { PrismaClient } = require("@prisma/client");

const app = express();
const redis = new Redis();
const prisma = new PrismaClient();

app.get("/products/:id", async (req, res) => {
  // ok: read from a file in the process; mutate: schema.prisma s/sqlite/postgresql/
  const product = await prisma.product.findUnique({ where: { id: req.params.id } });
  return res.json(product);
});

app.post("/rates", async (req, res) => {
  await redis.setex(`rate:${req.body.currency}`, 3600, JSON.stringify(req.body.rates));
  return res.sendStatus(204);
});
