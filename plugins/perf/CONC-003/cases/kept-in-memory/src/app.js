const express = require("express");
const knex = require("knex")({ client: "pg" });
const { Options, zone } = require("./options");

const app = express();

app.get("/page", async (req, res) => {
  const title = await Options.get("title");
  const colour = await Options.get("colour"); // finding: CONC-003 confidence: low -- the process has both from the second request on
  res.json({ title, colour });
});

app.get("/now", async (req, res) => {
  const here = await zone(req.query.city);
  const orders = await knex("orders").where({ city: req.query.city }).first(); // finding: CONC-003 confidence: low
  res.json({ here, orders });
});

app.get("/options", async (req, res) => {
  const title = await Options.find("title");
  const colour = await Options.find("colour"); // finding: CONC-003 confidence: high -- what is kept is gone with the call
  res.json({ title, colour });
});
