const express = require("express");
const { asClass, createContainer } = require("awilix");
const { OrderRepository, SqlPriceRepository } = require("./repositories");
const { OrderService } = require("./orders");

const container = createContainer();
container.register({ orderRepository: asClass(OrderRepository), priceRepository: asClass(SqlPriceRepository), orderService: asClass(OrderService) });

const app = express();
app.post("/orders", async (request, response) => {
  response.json(await container.resolve("orderService").found(request.body.codes));
});
