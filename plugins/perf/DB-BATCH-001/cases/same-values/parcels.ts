import { PrismaClient } from "@prisma/client";
import * as express from "express";
import knex from "knex";
import { Pool } from "pg";

const prisma = new PrismaClient();
const db = knex({ client: "pg" });
const pool = new Pool();
const app = express();

app.post("/sent", async (request, response) => {
  const { ids, state } = request.body;
  for (const id of ids) {
    await prisma.parcel.update({ where: { id }, data: { state } }); // finding: DB-BATCH-001
  }
  for (const row of request.body.rows) {
    await prisma.parcel.update({ where: { id: row.id }, data: { state: row.state } }); // ok: each has a state of its own; mutate: s/state: row.state/state/
  }
  for (const id of ids) {
    await prisma.label.deleteMany({ where: { parcelId: id } }); // finding: DB-BATCH-001
  }
  for (const group of request.body.groups) {
    await prisma.label.deleteMany({ where: { parcelId: { in: group.ids } } }); // ok: a list of keys each; mutate: s/{ in: group.ids }/group.id/
  }
  response.end();
});

app.post("/late", async (request, response) => {
  for (const id of request.body.ids) {
    await db("parcels").where({ id }).update({ state: "late" }); // finding: DB-BATCH-001
  }
  for (const row of request.body.rows) {
    const changes: Record<string, string> = {};
    for (const column of ["state", "place"]) changes[column] = row[column];
    await db("parcels").where("id", row.id).update(changes); // ok: what differs is worked out in the turn; mutate: s/update(changes)/update({ state: "late" })/
  }
  for (const place of request.body.places) {
    await db("parcels").where("place", place.name).whereIn("id", place.ids).update({ state: "late" }); // ok: all of a place at once
  }
  response.end();
});

app.post("/read", async (request, response) => {
  for (const id of request.body.ids) {
    await pool.query("UPDATE parcels SET read_by = $1 WHERE id = $2", [request.body.reader, id]); // finding: DB-BATCH-001
  }
  for (const row of request.body.rows) {
    await pool.query("UPDATE parcels SET place = $1 WHERE id = $2", [row.place, row.id]); // ok: two values differ; mutate: s/[row.place/[request.body.place/
  }
  for (const row of request.body.rows) {
    await pool.query("UPDATE counters SET parcels = parcels + $1 WHERE name = $2", [row.count, request.body.counter]); // ok: the item is no key
  }
  response.end();
});

app.listen(3000);
