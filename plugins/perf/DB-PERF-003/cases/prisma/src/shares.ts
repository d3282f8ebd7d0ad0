import { Cron, Injectable } from "@nestjs/common";
import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.post("/expire", async (request, response) => {
  const shares = await prisma.share.findMany({ where: { expiresAt: { lt: new Date() } } }); // finding: DB-PERF-003
  for (const share of shares) {
    await prisma.share.delete({ where: { id: share.id } });
  }
  response.json({ count: shares.length });
});

app.post("/names", async (request, response) => {
  // finding: DB-PERF-003
  const rows = await prisma.share.findMany({
    where: { size: 3 },
    orderBy: { id: "asc" },
  });
  response.json(rows.map(({ id, name }) => `${id} ${name}`));
});

app.post("/ids", async (request, response) => {
  const ids = (
    await prisma.share.findMany({ where: { size: 4 } }) // finding: DB-PERF-003
  ).map((share) => share.id);
  response.json(ids);
});

app.post("/count", async (request, response) => {
  const rows = await prisma.share.findMany(); // finding: DB-PERF-003
  response.json(rows.length);
});

app.get("/whole", async (request, response) => {
  const rows = await prisma.share.findMany({ where: { size: 5 } }); // ok: the rows are the answer; mutate: s/response.json(rows)/response.json(rows.length)/
  response.json(rows);
});

app.get("/picked", async (request, response) => {
  const rows = await prisma.share.findMany({ select: { id: true }, where: { size: 6 } }); // ok: picked; mutate: s/select: { id: true }, //
  response.json(rows.map((row) => row.id));
});

app.get("/many", async (request, response) => {
  const rows = await prisma.share.findMany({ where: { size: 7 } }); // ok: three of five; mutate: s/, size: row.size//
  response.json(rows.map((row) => ({ id: row.id, name: row.name, size: row.size })));
});

app.get("/handed", async (request, response) => {
  const rows = await prisma.share.findMany({ where: { size: 8 } }); // ok: handed on as a whole; mutate: s/publish(row)/publish(row.id)/
  rows.forEach((row) => publish(row));
  response.sendStatus(202);
});

app.get("/spread", async (request, response) => {
  const rows = await prisma.share.findMany({ where: { size: 9 } }); // ok: all of it is copied; mutate: s/{ ...row }/row.id/
  response.json(rows.map((row) => ({ ...row })));
});

app.get("/first", async (request, response) => {
  const rows = await prisma.share.findMany({ take: 1 }); // ok: one row; mutate: s/take: 1/take: 500/
  response.json(rows.map((row) => row.id));
});

app.get("/pairs", async (request, response) => {
  const pairs = await prisma.pair.findMany(); // finding: DB-PERF-003 confidence: low -- a pair is hardly more
  response.json(pairs.map((pair) => pair.left));
});
