import express from "express";
import { DataSource } from "typeorm";
import { Order, OrderLine, OrderNote } from "./entities";

const app = express();
const source = new DataSource({ type: "sqlite", database: "shop.db", entities: [Order, OrderLine, OrderNote] });
const orders = source.getRepository(Order);

app.get("/orders/:id", async (request, response) => {
  response.json(await orders.findOne({ where: { id: Number(request.params.id) }, relations: { notes: true } }));
});

app.get("/orders/:id/lines", async (request, response) => {
  const order = await orders.findOneBy({ id: Number(request.params.id) });
  response.json(order?.lines);
});

app.get("/orders", async (request, response) => {
  response.json(await orders.find({ order: { id: "DESC" }, take: 20 }));
});
