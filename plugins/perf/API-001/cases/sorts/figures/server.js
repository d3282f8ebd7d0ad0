import express from "express";
import { Pool } from "pg";

const app = express();
const pool = new Pool();

app.get("/orders/by-status/:status", async (req, res) => {
  // finding: API-001 confidence: medium
  const { rows } = await pool.query("SELECT id, total FROM orders WHERE status = $1 AND archived = false", [req.params.status]);
  res.json(rows);
});

app.get("/orders/by-shop/:shop", async (req, res) => {
  // finding: API-001 confidence: low
  const { rows } = await pool.query("SELECT id, total FROM orders WHERE status = $1 AND shop_id = $2", [req.query.status, req.params.shop]);
  res.json(rows);
});

app.listen(3000);
