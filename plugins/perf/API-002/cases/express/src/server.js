const express = require("express");
const mongoose = require("mongoose");
const { Pool } = require("pg");

const app = express();
const pool = new Pool();
const Order = mongoose.model("Order", new mongoose.Schema({ total: Number }));

app.get("/orders", async (req, res) => {
  const limit = parseInt(req.query.limit, 10) || 20; // finding: API-002
  res.json(await Order.find().limit(limit));
});

app.get("/orders/pages", async (req, res) => {
  const { page = 1, limit = 20 } = req.query; // finding: API-002
  res.json(await Order.find().skip((page - 1) * limit).limit(Number(limit)));
});

app.get("/orders/some", async (req, res) => {
  const limit = Math.min(parseInt(req.query.limit, 10) || 20, 100); // ok: cut off; mutate: s/Math.min(parseInt(req.query.limit, 10) || 20, 100)/parseInt(req.query.limit, 10)/
  res.json(await Order.find().limit(limit));
});

app.get("/orders/sql", async (req, res) => {
  const size = Number(req.query.size); // finding: API-002
  const { rows } = await pool.query("SELECT id, total FROM orders ORDER BY id LIMIT $1", [size]);
  res.json(rows);
});

app.get("/orders/checked", validate(orderQuery), async (req, res) => {
  const limit = Number(req.query.limit); // ok: a schema may bound it; mutate: s/validate(orderQuery), //
  res.json(await Order.find().limit(limit));
});

app.get("/orders/listed", async (req, res) => {
  const limit = [10, 20, 50].includes(Number(req.query.limit)) ? Number(req.query.limit) : 20; // ok: three sizes; mutate: s/[10, 20, 50].includes(Number(req.query.limit))/Boolean(req.query.limit)/
  res.json(await Order.find().limit(limit));
});

app.get("/orders/replaced", async (req, res) => {
  let limit = parseInt(req.query.limit, 10); // ok: two sizes; mutate: s/![10, 20].includes(limit)/!limit/
  if (![10, 20].includes(limit)) limit = 20;
  res.json(await Order.find().limit(limit));
});

app.get("/orders/least", async (req, res) => {
  let limit = parseInt(req.query.limit, 10); // finding: API-002
  if (limit < 5) {
    limit = 5;
  }
  res.json(await Order.find().limit(limit));
});

app.get("/orders/chosen", async (req, res) => {
  const limit = parseInt(req.query.limit, 10); // finding: API-002
  res.json(await Order.find().limit(limit < 5 ? 5 : limit));
});

app.get("/orders/counted", async (req, res) => {
  const query = req.query;
  if (!query.count) { // finding: API-002
    query.count = 10;
  }
  res.json(await Order.find().limit(parseInt(query.count, 10)));
});

app.get("/orders/counted-few", async (req, res) => {
  const query = req.query;
  const count = Math.min(parseInt(query.count, 10) || 10, 100); // ok: a hundred at most; mutate: s/Math.min(parseInt(query.count, 10) || 10, 100)/parseInt(query.count, 10) || 10/
  res.json(await Order.find().limit(count));
});
