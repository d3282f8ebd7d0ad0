import * as express from "express";
import { createConnection } from "typeorm";
import { Order } from "./entities";

const app = express();
createConnection({ type: "postgres", url: process.env.DATABASE_URL, entities: [Order] });

app.get("/orders", async (request, response) => {
  let query = Order.createQueryBuilder("order").leftJoinAndSelect("order.shop", "shop").take(20);
  if (request.query.shops) {
    query = query.andWhere("shop.id IN (:...shops)", { shops: request.query.shops });
  }
  response.json(await query.getMany());
});

app.get("/sent", async (request, response) => {
  const query = Order.createQueryBuilder("order").leftJoin("order.sender", "sender").where("sender.name IN (:...names)", { names: request.query.names });
  response.json(await query.take(20).getMany());
});
