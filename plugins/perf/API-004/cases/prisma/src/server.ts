import Fastify from "fastify";
import { PrismaClient } from "@prisma/client";
import { Pool } from "pg";

const app = Fastify();
const prisma = new PrismaClient();
const pool = new Pool();

app.get("/orders", async (request) => { // finding: API-004 confidence: low
  const { page } = request.query as { page: number };
  return prisma.order.findMany({ skip: (page - 1) * 20, take: 20 });
});

app.get("/events", async (request) => { // finding: API-004 confidence: low
  const { offset } = request.query as { offset: number };
  const result = await pool.query("SELECT id FROM events ORDER BY id LIMIT 20 OFFSET $1", [offset]);
  return result.rows;
});
