const express = require("express");
const knex = require("knex");

// finding: DB-PERF-022 confidence: low -- its settings are told where they stand
const store = knex(require("./knexfile"));
const app = express();

app.get("/orders", async (request, response) => {
  response.json(await store("orders").limit(10));
});

app.listen(3000);
