import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.get("/orders", async (request, response) => {
  // finding: DB-PERF-011
  const orders = await prisma.order.findMany({
    ...(request.query.state && { where: { state: request.query.state } }),
  });
  response.json(orders);
});

app.get("/own", async (request, response) => {
  // finding: DB-PERF-011
  const orders = await prisma.order.findMany({ where: { buyerId: request.user.isAdmin ? undefined : request.user.id } });
  response.json(orders);
});

app.get("/shop", async (request, response) => {
  // ok: one of two keys is asked for in every case; mutate: s/: { shopCode: request.query.code }/: {}/
  const orders = await prisma.order.findMany({ where: { ...(request.query.id ? { shopId: request.query.id } : { shopCode: request.query.code }) } });
  response.json(orders);
});

app.get("/buyer", async (request, response) => {
  // ok: the buyer is asked for in every case; mutate: s/buyerId: request.user.id, //
  const orders = await prisma.order.findMany({ where: { buyerId: request.user.id, ...(request.query.state && { state: request.query.state }) } });
  response.json(orders);
});

app.get("/account", async (request, response) => {
  // ok: a table of one row; mutate: s/where: { id: 1 }/where: { id: request.body.id }/
  const accounts = await prisma.account.findMany();
  response.json({ known: accounts.length > 0 });
});

app.put("/account", async (request, response) => {
  await prisma.account.upsert({ where: { id: 1 }, update: request.body, create: request.body });
  response.sendStatus(204);
});
