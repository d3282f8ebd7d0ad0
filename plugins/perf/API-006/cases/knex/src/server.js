const express = require("express");
const knex = require("knex")({ client: "pg" });

const app = express();

app.get("/orders", async (req, res) => {
  res.json(await knex("orders").select("id").orderBy("id").limit(20).offset(Number(req.query.offset))); // finding: API-006
});

app.get("/pieces", (req, res) => {
  res.json(pieces.skip(req.query.skip)); // ok: no query of a store
});
