import express from "express";
import mysql from "mysql2/promise";
import pg from "pg";

const pool = mysql.createPool(process.env.DATABASE_URL);
const app = express();

app.get("/orders", async (request, response) => {
  const connection = await pool.getConnection(); // finding: MEM-002
  const [rows] = await connection.query("SELECT id FROM orders");
  response.json(rows);
});

app.get("/stock", async (request, response) => {
  const connection = await pool.getConnection(); // ok: given back; mutate: s/connection.release()/connection.ping()/
  try {
    response.json((await connection.query("SELECT id FROM stock"))[0]);
  } finally {
    connection.release();
  }
});

app.get("/logs", async (request, response) => {
  const client = new pg.Client(process.env.LOGS_URL); // finding: MEM-002
  await client.connect();
  response.json((await client.query("SELECT line FROM logs LIMIT 20")).rows);
});
app.listen(8080);
