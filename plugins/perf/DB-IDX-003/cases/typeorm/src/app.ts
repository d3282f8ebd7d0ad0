import express from "express";
import { DataSource } from "typeorm";
import { Delivery } from "./delivery.entity";

const app = express();
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [Delivery] });

app.get("/customers/:id", async (request, response) => {
  const customerId = Number(request.params.id);
  // finding: DB-IDX-003 confidence: medium
  response.json(await source.getRepository(Delivery).find({ where: { customerId }, order: { createdAt: "DESC" }, take: 20 }));
});

app.get("/stores/:id", async (request, response) => {
  const storeId = Number(request.params.id);
  // ok: one index holds both; mutate: src/delivery.entity.ts s/["storeId", "createdAt"]/["storeId"]/
  response.json(await source.getRepository(Delivery).find({ where: { storeId }, order: { createdAt: "DESC" }, take: 20 }));
});
