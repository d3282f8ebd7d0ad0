const express = require("express");
const { Invoice } = require("./models");

const app = express();

app.get("/customers/:id/invoices", async (request, response) => {
  response.json(await Invoice.findAll({ where: { customerId: request.params.id } }));
});

app.get("/orders/:id/invoices", async (request, response) => {
  response.json(await Invoice.findAll({ where: { orderId: request.params.id } }));
});
