import express from "express";
import { DataSource } from "typeorm";
import { Customer, Order, OrderLine } from "./entities";

const app = express();
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [Customer, Order, OrderLine] });

app.get("/orders", async (request, response) => {
  const orders = source.getRepository(Order);
  let query = orders.createQueryBuilder("order").leftJoinAndSelect("order.lines", "line").leftJoin("order.customer", "buyer").take(20);
  if (request.query.customer) {
    query = query.andWhere("buyer.id = :id", { id: Number(request.query.customer) });
  }
  response.json(await query.getMany());
});

app.get("/packed", async (request, response) => {
  const orders = source.getRepository(Order);
  const query = orders.createQueryBuilder("order").leftJoin("order.packer", "packer").where("packer.email = :email", { email: request.query.email });
  response.json(await query.take(20).getMany());
});
