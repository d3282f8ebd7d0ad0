const express = require("express");
const { Pool } = require("pg");

const app = express();
const pool = new Pool();

app.get("/turnover", async (req, res) => {
  const sums = await pool.query("SELECT d.name, sum(l.price) FROM orders o JOIN lines l ON l.order_id = o.id JOIN depots d ON d.id = o.depot_id GROUP BY d.name"); // finding: DB-VIEW-001 confidence: low
  res.json(sums.rows);
});

app.get("/turnover/list", async (req, res) => {
  const rows = await pool.query("SELECT o.id, l.price, d.name FROM orders o JOIN lines l ON l.order_id = o.id JOIN depots d ON d.id = o.depot_id"); // ok: adds nothing up
  res.json(rows.rows);
});
