const express = require("express");
const { Pool } = require("pg");

const app = express();
const pool = new Pool();

app.get("/orders", async (req, res) => {
  const total = await pool.query("SELECT count(*) FROM orders"); // finding: API-007 confidence: medium
  const page = await pool.query("SELECT id, total FROM orders ORDER BY id LIMIT $1 OFFSET $2", [20, req.query.offset]);
  res.json({ rows: page.rows, total: total.rows[0].count });
});

app.get("/payments", async (req, res) => {
  const page = await pool.query("SELECT id, count(*) OVER () AS total FROM payments ORDER BY id LIMIT $1 OFFSET $2", [20, req.query.offset]); // finding: API-007 confidence: medium
  res.json(page.rows);
});

app.get("/states", async (req, res) => {
  const states = await pool.query("SELECT count(*), state FROM orders GROUP BY state"); // ok: groups, not a total
  const page = await pool.query("SELECT id, total FROM orders ORDER BY id LIMIT $1 OFFSET $2", [20, req.query.offset]);
  res.json({ rows: page.rows, states: states.rows });
});
