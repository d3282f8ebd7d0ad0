import { PrismaClient } from "@prisma/client";
import express from "express";
import nodemailer from "nodemailer";

const prisma = new PrismaClient();
const transport = nodemailer.createTransport({ host: "mail" });
const app = express();

async function tellBuyer(order) {
  await transport.sendMail({ to: order.buyer, subject: "thank you" });
}

async function tellShop(order) {
  await transport.sendMail({ to: order.shop, subject: "an order" });
}

app.post("/orders/:id/pay", async (request, response) => {
  const order = { id: request.params.id, buyer: request.body.buyer, shop: request.body.shop };
  await tellBuyer(order);
  await tellShop(order); // finding: CONC-003
  response.sendStatus(204);
});

app.post("/orders/:id/close", async (request, response) => {
  const order = { id: request.params.id, buyer: request.body.buyer, shop: request.body.shop };
  await prisma.order.update({ where: { id: 1 }, data: { closed: true } });
  await tellBuyer(order); // ok: only when the change is kept; mutate: s/await prisma.order.update({ where: { id: 1 }, data: { closed: true } });/await tellShop(order);/
  response.sendStatus(204);
});

app.get("/orders/:id", async (request, response) => {
  const order = await prisma.order.findUniqueOrThrow({ where: { id: request.params.id } });
  const visits = await prisma.visit.count({ where: { orderId: request.params.id } }); // finding: CONC-003
  response.json({ order, visits });
});

async function orderOrThrow(id) {
  return prisma.order.findFirst({ where: { id } });
}

app.get("/orders/:id/visits", async (request, response) => {
  const order = await orderOrThrow(request.params.id);
  const visits = await prisma.visit.count({ where: { orderId: request.params.id } }); // ok: the project's own function may keep others out; mutate: s/await orderOrThrow(request.params.id)/await prisma.order.findFirstOrThrow({ where: { id: request.params.id } })/
  response.json({ order, visits });
});
