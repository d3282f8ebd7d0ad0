import express from "express";
import { PrismaClient } from "@prisma/client";

const app = express();
const prisma = new PrismaClient();

app.get("/orders", async (request, response) => {
  await prisma.auditLog.create({ data: {} });
  response.json([]);
});
