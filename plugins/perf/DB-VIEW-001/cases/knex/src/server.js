const express = require("express");
const knex = require("knex")({ client: "pg" });

const app = express();

app.get("/turnover", async (req, res) => {
  res.json(await knex("orders").join("lines", "lines.order_id", "orders.id").join("depots", "depots.id", "orders.depot_id").sum("lines.price").groupBy("depots.id")); // finding: DB-VIEW-001 confidence: low
});
