const express = require("express");

class Orders {
  constructor(server) {
    this.server = server;
    this.router = express(); // ok: the server's own application takes it in and answers for it; mutate: src/server.js s|router.use("/orders", this.orders.router)|this.orders.open()|
    this.router.get("/", (request, response) => response.json([]));
  }
}

module.exports = Orders;
