const express = require("express");
const { Client, Pool } = require("pg");
const mysql = require("mysql2/promise");
const { MongoClient } = require("mongodb");
const { knex } = require("./database");

const app = express();
const pool = new Pool({ connectionString: process.env.DATABASE_URL }); // ok: made with the module
let connected;

app.get("/orders", async (request, response) => {
  // finding: DB-PERF-021 confidence: high
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  response.json((await client.query("SELECT id FROM orders")).rows);
});

app.get("/stock", async (request, response) => {
  // finding: DB-PERF-021 confidence: high
  const connection = await mysql.createConnection(process.env.STOCK_URL);
  response.json(await connection.query("SELECT id FROM stock"));
});

app.get("/prices", async (request, response) => {
  // finding: DB-PERF-021 confidence: high
  const own = new Pool({ connectionString: process.env.DATABASE_URL });
  response.json((await own.query("SELECT id FROM prices")).rows);
});

app.get("/carts", async (request, response) => {
  if (!connected) {
    // ok: kept for the next request; mutate: s/let connected;\n//, s/connected = await/const connected = await/
    connected = await MongoClient.connect(process.env.MONGO_URL);
  }
  response.json(await connected.db().collection("carts").findOne());
});

app.get("/users", async (request, response) => {
  response.json([await pool.query("SELECT id FROM users LIMIT 1"), await knex("users").first()]);
});

app.listen(3000);
