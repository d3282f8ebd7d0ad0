import express from "express";
import { DataSource } from "typeorm";
import { Line, Order } from "./entities";

const app = express();
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [Order, Line] });

app.get("/orders/:barcode/state", async (request, response) => {
  const orders = source.getRepository(Order);
  const order = await orders.findOne({ where: { barcode: request.params.barcode } }); // finding: DB-PERF-003 confidence: low -- one row per request is short
  response.json({ state: order?.state });
});

app.get("/orders/:barcode/bare", async (request, response) => {
  const orders = source.getRepository(Order);
  // ok: nothing comes along; mutate: s/, loadEagerRelations: false//
  const order = await orders.findOne({ where: { barcode: request.params.barcode }, loadEagerRelations: false });
  response.json({ state: order?.state });
});

app.get("/orders/:barcode", async (request, response) => {
  const orders = source.getRepository(Order);
  const order = await orders.findOne({ where: { barcode: request.params.barcode } }); // ok: the lines are used; mutate: s/count: order?.lines.length/count: 1/
  response.json({ state: order?.state, count: order?.lines.length });
});

app.get("/lines/:id/order", async (request, response) => {
  // ok: read for the order that it refers to
  const line = await source.getRepository(Line).findOne({ where: { id: Number(request.params.id) }, relations: { order: true } });
  const order = line?.order;
  response.json(order);
});

setInterval(async () => {
  const orders = source.getRepository(Order);
  for (const barcode of await scanned()) {
    const order = await orders.findOne({ where: { barcode } }); // finding: DB-PERF-003 confidence: medium
    console.log(order?.state);
  }
}, 60_000);

async function scanned(): Promise<string[]> {
  return (await (await fetch("https://scanner/codes", { signal: AbortSignal.timeout(5000) })).json()) as string[];
}
