const express = require("express");
const Redis = require("ioredis");
const { PrismaClient } = require("@prisma/client");

const app = express();
const redis = new Redis();
const prisma = new PrismaClient();

app.get("/products/:id", async (req, res) => {
  // ok: only tokens are kept; mutate: s/`token:${req.body.user}`/`address:${req.body.user}`/ s/3600, req.body.token/3600, req.body.address/
  const product = await prisma.product.findUnique({ where: { id: req.params.id } });
  return res.json(product);
});

app.post("/keep", async (req, res) => {
  await redis.setex(`token:${req.body.user}`, 3600, req.body.token);
  return res.sendStatus(204);
});
