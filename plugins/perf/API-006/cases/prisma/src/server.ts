import Fastify from "fastify";
import { PrismaClient } from "@prisma/client";

const app = Fastify();
const prisma = new PrismaClient();

app.get("/orders", async (request) => {
  const { page } = request.query as { page: number };
  return prisma.order.findMany({ orderBy: { id: "asc" }, skip: (page - 1) * 20, take: 20 }); // finding: API-006 confidence: medium
});

app.get("/orders/behind", async (request) => {
  const { last } = request.query as { last: number };
  return prisma.order.findMany({ orderBy: { id: "asc" }, cursor: { id: last }, skip: last ? 1 : 0, take: 20 }); // ok: behind a key; mutate: s/cursor: { id: last }, //
});
