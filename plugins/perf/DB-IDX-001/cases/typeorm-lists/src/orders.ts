import express from "express";
import { DataSource } from "typeorm";
import { Order, OrderLine, OrderNote, OrderScan } from "./entities";

const app = express();
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [Order, OrderLine, OrderNote, OrderScan] });
const orders = source.getRepository(Order);

app.get("/orders/:id", async (request, response) => {
  response.json(await orders.findOne({ where: { id: Number(request.params.id) }, relations: { notes: true } }));
});
