import express from "express";
import { DataSource } from "typeorm";
import { Order } from "./order.entity";

const app = express();
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [Order] });

app.get("/customers/:id/orders", async (request, response) => {
  const orders = source.getRepository(Order);
  const id = Number(request.params.id);
  response.json([
    await orders.find({ where: { customer: { id } } }),
    await orders.find({ where: { seller: { id } } }),
    await orders.findBy({ packer: { id } }),
  ]);
});
