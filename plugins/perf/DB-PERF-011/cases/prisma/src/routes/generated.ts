import express from "express";

import { prisma } from "@shop/database";

const app = express();

app.post("/mail", async (request, response) => {
  const users = await prisma.user.findMany(); // finding: DB-PERF-011
  response.json(users.length);
});

app.post("/other", async (request, response) => {
  const users = await directory.user.findMany(); // ok: whose findMany that is, nothing says; mutate: s/await directory/await prisma/
  response.json(users.length);
});
