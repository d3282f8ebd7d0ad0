import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();
const KINDS = ["letter", "parcel", "pallet", "crate"];

app.get("/report", async (req, res) => {
  const sums: Record<string, number> = {};
  for (const kind of KINDS) {
    sums[kind] = await prisma.order.count({ where: { kind } }); // finding: CONC-003
  }
  res.json(sums);
});

app.get("/orders", async (req, res) => {
  const sums: Record<string, number> = {};
  for (const kind of req.body.kinds) {
    // ok: a query per item of data is DB-PERF-001's; mutate: s/req.body.kinds/KINDS/
    sums[kind] = await prisma.order.count({ where: { kind } });
  }
  res.json(sums);
});

app.post("/orders", async (req, res) => {
  for (const kind of KINDS) {
    // ok: what is written keeps its order
    await prisma.order.create({ data: { kind } });
  }
  res.json({});
});
