import { PrismaClient } from "./generated/prisma/client";
import express from "express";

// finding: DB-PERF-022
const prisma = new PrismaClient({});
const app = express();

app.get("/orders", async (request, response) => {
  response.json(await prisma.order.findMany());
});

app.listen(3000);
