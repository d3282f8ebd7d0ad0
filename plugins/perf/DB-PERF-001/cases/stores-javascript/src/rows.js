const express = require("express");
const knex = require("knex")({ client: "pg" });
const bookshelf = require("bookshelf")(knex);
const mariadb = require("mariadb");
const mssql = require("mssql");
const oracledb = require("oracledb");
const sqlite3 = require("sqlite3").verbose();
const users = require("monk")("localhost/shop").get("users");

const Order = bookshelf.model("Order", { tableName: "orders" });
const pool = mariadb.createPool({});
const file = new sqlite3.Database("shop.db");
const app = express();

app.get("/bookshelf", async (req, res) => {
  const all = [];
  for (const id of req.body.ids) {
    all.push(await Order.where({ id }).fetch()); // finding: DB-PERF-001
  }
  // ok: made in memory; mutate: s/Order.forge({ id }))/Order.forge({ id }).fetch())/
  const made = await Promise.all(req.body.ids.map((id) => Order.forge({ id })));
  res.json({ all, made });
});

app.get("/mariadb", async (req, res) => {
  const connection = await pool.getConnection();
  for (const id of req.body.ids) {
    await connection.query("SELECT title FROM orders WHERE id = ?", [id]); // finding: DB-PERF-001
  }
  // ok: all rows with one call
  await connection.batch("INSERT INTO seen (id) VALUES (?)", req.body.ids.map((id) => [id]));
  res.end();
});

app.get("/mssql", async (req, res) => {
  const shop = await mssql.connect("mssql://localhost/shop");
  for (const id of req.body.ids) {
    await shop.request().input("id", id).query("SELECT title FROM orders WHERE id = @id"); // finding: DB-PERF-001
  }
  res.end();
});

app.get("/oracle", async (req, res) => {
  const connection = await oracledb.getConnection("shop");
  for (const id of req.body.ids) {
    await connection.execute("SELECT title FROM orders WHERE id = :id", [id]); // finding: DB-PERF-001
  }
  res.end();
});

app.get("/sqlite", (req, res) => {
  for (const id of req.body.ids) {
    file.get("SELECT title FROM orders WHERE id = ?", [id], () => {}); // finding: DB-PERF-001
  }
  res.end();
});

app.get("/monk", async (req, res) => {
  for (const id of req.body.ids) {
    await users.findOne({ id }); // finding: DB-PERF-001
  }
  res.end();
});
