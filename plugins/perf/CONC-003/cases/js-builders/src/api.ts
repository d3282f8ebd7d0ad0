import express from "express";
import knex from "knex";

const app = express();
const db = knex({ client: "pg" });

// Put together here, asked there.
app.get("/orders", async (request, response) => {
  const query = db("orders").where({ shop: request.query.shop }).orderBy("id");
  const numbers = db("orders").where({ shop: request.query.shop });
  const rows = await query;
  const total = await numbers.countDistinct("id"); // finding: CONC-003 confidence: high
  response.json({ rows, total });
});

app.get("/lines", async (request, response) => {
  const query = db("orders").where({ shop: request.query.shop });
  const rows = await query;
  const more = db("lines").whereIn("order", rows.map((row) => row.id));
  const lines = await more; // ok: built of what came; mutate: s/rows.map((row) => row.id)/request.body/
  response.json({ rows, lines });
});

app.post("/orders", async (request, response) => {
  const change = db("orders").where({ shop: request.query.shop });
  const numbers = db("orders").where({ shop: request.query.shop });
  const changed = await change.update({ open: false });
  const total = await numbers.countDistinct("id"); // ok: counts behind the change; mutate: s/change.update({ open: false })/change.distinct("open")/
  response.json({ changed, total });
});
