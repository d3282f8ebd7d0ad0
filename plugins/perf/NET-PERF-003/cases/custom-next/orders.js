const { Router } = require("express");

const orders = Router();
orders.get("/", (request, response) => response.json(request.app.locals.orders));
module.exports = orders;
