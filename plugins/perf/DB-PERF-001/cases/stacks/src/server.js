const express = require("express");
const { writeOrders } = require("./orders");

const app = express();
app.post("/orders", async (request, response) => {
  await writeOrders("orders", request.body);
  response.end();
});
