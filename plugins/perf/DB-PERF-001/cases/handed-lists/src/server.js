const async = require("async");
const bluebird = require("bluebird");
const express = require("express");
const pMap = require("p-map");
const { PrismaClient } = require("@prisma/client");
const { inSeries, withRetries } = require("./series");

const prisma = new PrismaClient();
const app = express();

const readUser = async (id) => prisma.user.findUnique({ where: { id } });

app.post("/users", async (request, response) => {
  const { ids } = request.body;
  await pMap(ids, async (id) => {
    const where = { id };
    await prisma.user.findUnique({ where }); // finding: DB-PERF-001 confidence: high
  });
  await bluebird.map(ids, readUser, { concurrency: 4 }); // finding: DB-PERF-001 confidence: high
  await async.eachLimit(ids, 4, async (id) => {
    await prisma.user.update({ where: { id }, data: { seen: true } }); // finding: DB-PERF-001 confidence: high
  });
  await inSeries(ids, async (id) => {
    await readUser(id); // finding: DB-PERF-001 confidence: high
  });
  await withRetries(ids, async (all) => prisma.user.updateMany({ where: { id: { in: all } }, data: { seen: true } })); // ok: once for all of them
  await pMap(["news", "offers"], async (name) => prisma.list.findUnique({ where: { name } })); // ok: two; mutate: s/["news", "offers"]/ids/
  response.sendStatus(204);
});
