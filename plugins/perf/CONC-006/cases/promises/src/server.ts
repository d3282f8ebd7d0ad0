import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PrismaClient } from "@prisma/client";
import axios from "axios";
import express from "express";
import pLimit from "p-limit";

const app = express();
const prisma = new PrismaClient();
const s3 = new S3Client({});
const limit = pLimit(10);

app.post("/ship", async (req, res) => {
  const orders = await prisma.order.findMany();
  await Promise.all(orders.map((order) => axios.post("https://shipping/orders", order))); // finding: CONC-006 confidence: medium
  res.sendStatus(204);
});

app.post("/copy", async (req, res) => {
  const orders = await prisma.order.findMany({ where: { state: "open" } });
  // finding: CONC-006
  await Promise.all(
    orders.map(async (order) => {
      await s3.send(new PutObjectCommand({ Bucket: "orders", Key: order.id, Body: JSON.stringify(order) }));
    }),
  );
  res.sendStatus(204);
});

app.post("/sent", async (req, res) => {
  await Promise.allSettled(req.body.orders.map((order) => fetch("https://shipping/orders/" + order.id))); // finding: CONC-006
  res.sendStatus(204);
});

app.post("/turns", async (req, res) => {
  const orders = await prisma.order.findMany();
  await Promise.all(orders.map((order) => limit(() => axios.post("https://shipping/orders", order)))); // ok: ten at once; mutate: s|limit(() => axios.post("https://shipping/orders", order))|axios.post("https://shipping/orders", order)|
  res.sendStatus(204);
});

app.post("/first", async (req, res) => {
  const orders = await prisma.order.findMany({ take: 10 });
  await Promise.all(orders.map((order) => axios.post("https://shipping/orders", order))); // ok: ten of them; mutate: s/{ take: 10 }//
  res.sendStatus(204);
});

app.post("/rows", async (req, res) => {
  const orders = await prisma.order.findMany();
  await Promise.all(orders.map((order) => prisma.item.findMany({ where: { order: order.id } }))); // ok: one query could read them
  res.sendStatus(204);
});
