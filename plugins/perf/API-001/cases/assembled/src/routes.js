const express = require("express");
const { Pool } = require("pg");

const pool = new Pool();
const app = express();

app.get("/orders", async (req, res) => {
  let query = "SELECT id, total FROM orders";
  const values = [];
  if (req.query.state) {
    values.push(req.query.state);
    query += " WHERE state = $1";
  }
  const { rows } = await pool.query(query, values); // finding: API-001 confidence: medium
  res.json(rows);
});

app.get("/notes", async (req, res) => {
  const conditions = ["shop = $1"];
  const values = [req.query.shop];
  if (req.query.state) {
    values.push(req.query.state);
    conditions.push("state = $2");
  }
  // finding: API-001 confidence: low -- those of one shop
  const { rows } = await pool.query(`SELECT id, line FROM notes WHERE ${conditions.join(" AND ")}`, values);
  res.json(rows);
});

app.get("/bills", async (req, res) => {
  const where = req.query.state ? "WHERE state = $2" : "";
  // ok: thirty of them; mutate: s/ LIMIT $1`/`/
  const { rows } = await pool.query(`SELECT id, total FROM bills ${where} LIMIT $1`, [30, req.query.state]);
  res.json(rows);
});
