const express = require("express");
const Orders = require("./routers/orders");
const stock = require("./stock");

class Server {
  constructor() {
    this.orders = new Orders(this);
  }

  start() {
    const app = express(); // finding: NET-PERF-003
    const router = express.Router();
    app.use("/shop", router);
    router.use("/orders", this.orders.router);
    router.use("/stock", stock.handlers);
    app.listen(8080);
  }
}

new Server().start();
