import { PrismaClient } from "@prisma/client";
import * as express from "express";

const prisma = new PrismaClient();
const app = express();

app.post("/parcels", async (request, response) => {
  await Promise.all(
    request.body.rows.map((row) => prisma.parcel.create({ data: row })), // finding: DB-BATCH-001
  );
  const labels = request.body.labels.map((label) => {
    return prisma.label.create({ data: label }); // finding: DB-BATCH-001
  });
  await Promise.all(labels);
  response.end();
});

app.post("/shown", async (request, response) => {
  // The new ids are shown, which `createMany` does not give.
  const made = await Promise.all(request.body.rows.map((row) => prisma.parcel.create({ data: row }))); // finding: DB-BATCH-001 confidence: low
  response.json(made);
});

async function send(row) {
  const parcel = await prisma.parcel.create({ data: { name: row.name } });
  await prisma.label.create({ data: { parcelId: parcel.id } });
}

app.post("/sent", async (request, response) => {
  // The label needs the id of its parcel.
  await Promise.all(request.body.rows.map((row) => send(row))); // finding: DB-BATCH-001 confidence: low
  response.end();
});

app.listen(3000);
