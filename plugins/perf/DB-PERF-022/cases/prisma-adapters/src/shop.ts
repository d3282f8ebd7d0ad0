import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import express from "express";
import { Pool } from "pg";

// finding: DB-PERF-022 confidence: medium
const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });
const prisma = new PrismaClient({ adapter }); // ok: the adapter connects; mutate: s/{ adapter }//

const pool = new Pool({ host: "db", database: "stock" }); // finding: DB-PERF-022 confidence: high
const stock = new PrismaClient({ adapter: new PrismaPg(pool) }); // ok: the pool connects; mutate: s/PrismaPg(pool)/PrismaPg({ host: "db", database: "stock" })/

const app = express();

app.get("/orders", async (request, response) => {
  response.json([await prisma.order.findMany(), await stock.item.findMany()]);
});

app.listen(3000);
