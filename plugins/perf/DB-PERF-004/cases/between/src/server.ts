import { PrismaClient } from "@prisma/client";
import axios from "axios";
import { Queue } from "bullmq";
import express from "express";

const prisma = new PrismaClient();
const jobs = new Queue("jobs");
const app = express();

async function announce(id: string) {
  await axios.post("https://search.internal/documents", { id }, { timeout: 1000 });
}

app.post("/documents", async (request, response) => {
  const document = await prisma.document.create({ data: { name: request.body.name } });
  await announce(document.id);
  // Whether it is to wait for the search, the code does not say.
  await prisma.version.create({ data: { documentId: document.id } }); // finding: DB-PERF-004 confidence: low
  response.json(document);
});

app.post("/prepared", async (request, response) => {
  const document = await prisma.document.create({ data: { name: request.body.name } });
  await jobs.add("convert", { id: document.id });
  await prisma.version.create({ data: { documentId: document.id } }); // finding: DB-PERF-004 confidence: medium
  response.json(document);
});

app.post("/paid", async (request, response) => {
  const order = await prisma.order.create({ data: { customer: request.body.customer } });
  const charge = await axios.post("https://payments.internal/charges", { order: order.id }, { timeout: 1000 });
  // ok: holds what the other service answered; mutate: s/number: charge.data.id/number: 1/
  await prisma.payment.create({ data: { orderId: order.id, number: charge.data.id } });
  response.json(order);
});

app.post("/beside", async (request, response) => {
  const order = await prisma.order.create({ data: { customer: request.body.customer } });
  void announce(order.id);
  await prisma.line.create({ data: { orderId: order.id } }); // finding: DB-PERF-004 confidence: medium
  response.json(order);
});

app.post("/behind", async (request, response) => {
  const order = await prisma.order.create({ data: { customer: request.body.customer } });
  await prisma.line.create({ data: { orderId: order.id } }); // finding: DB-PERF-004 confidence: medium
  await announce(order.id);
  await prisma.parcel.create({ data: { orderId: order.id } });
  response.json(order);
});
