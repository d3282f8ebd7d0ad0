const express = require("express");
const { PrismaClient } = require("@prisma/client");
const { createClient } = require("redis");

const app = express();
const prisma = new PrismaClient();
const redis = createClient();

app.get("/health", async (request, response) => {
  await prisma.$queryRaw`SELECT 1`; // finding: CR-002
  response.json({ ok: true });
});

app.get("/alive", async (request, response) => {
  await redis.ping(); // finding: CR-002 confidence: medium
  response.send("ok");
});

app.get("/livez", (request, response) => {
  // ok: nobody waits for it; mutate: s/fetch("https:/return fetch("https:/
  fetch("https://metrics/beat");
  response.send("ok");
});

app.get("/prices", async (request, response) => {
  response.json(await prisma.price.findMany()); // ok: no health check; mutate: s|"/prices"|"/healthz"|
});

app.listen(8080);
