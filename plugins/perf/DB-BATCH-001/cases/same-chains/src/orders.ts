import express from "express";
import { eq, inArray } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, serial, text } from "drizzle-orm/pg-core";
import { Column, DataSource, Entity, In, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Parcel {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  state: string;
}

const source = new DataSource({ type: "postgres" });
const parcels = source.getRepository(Parcel);
const db = drizzle(process.env.DB!);
const orders = pgTable("orders", { id: serial("id"), state: text("state") });
const app = express();

app.post("/orders/forget", async (req, res) => {
  for (const id of req.body.ids) {
    await db.delete(orders).where(eq(orders.id, id)); // finding: DB-BATCH-001
  }
  for (const group of req.body.groups) {
    // ok: each group is a list of keys already; mutate: s/inArray(orders.id, group.ids)/eq(orders.id, group.id)/
    await db.delete(orders).where(inArray(orders.id, group.ids));
  }
  res.json({});
});

app.post("/orders/send", async (req, res) => {
  for (const id of req.body.ids) {
    await db.update(orders).set({ state: "sent" }).where(eq(orders.id, id)); // finding: DB-BATCH-001
  }
  for (const one of req.body.orders) {
    // ok: each order has a state of its own; mutate: s/state: one.state/state: "sent"/
    await db.update(orders).set({ state: one.state }).where(eq(orders.id, one.id));
  }
  res.json({});
});

app.post("/parcels/forget", async (req, res) => {
  for (const id of req.body.ids) {
    await parcels.createQueryBuilder().delete().where("id = :id", { id }).execute(); // finding: DB-BATCH-001
  }
  res.json({});
});

app.post("/parcels/mark", async (req, res) => {
  const rows = await parcels.find({ where: { id: In(req.body.ids) } });
  await Promise.all(rows.map(async (row) => parcels.save({ ...row, state: req.body.state }))); // finding: DB-BATCH-001 confidence: high
  res.json({});
});

app.post("/parcels/one", async (req, res) => {
  const rows = await parcels.find({ where: { id: req.body.id } });
  // finding: DB-BATCH-001 confidence: low -- the key is that of one row
  await Promise.all(rows.map(async (row) => parcels.save({ ...row, state: req.body.state })));
  res.json({});
});
