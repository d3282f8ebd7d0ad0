import express from "express";
import { PrismaClient } from "@prisma/client";

const app = express();
const prisma = new PrismaClient();

app.get("/orders/:customer", async (request, response) => {
  const customer = request.params.customer;
  await prisma.$queryRaw`SELECT id FROM orders WHERE customer = ${customer}`; // ok: the library takes the values apart; mutate: s/$queryRaw`SELECT id FROM orders WHERE customer = ${customer}`/$queryRawUnsafe(`SELECT id FROM orders WHERE customer = ${customer}`)/
  await prisma.$queryRawUnsafe(`SELECT id FROM orders WHERE customer = '${customer}' LIMIT 20`); // finding: DB-PREP-001 confidence: high
  response.end();
});
