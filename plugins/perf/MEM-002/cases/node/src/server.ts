import { promises as fs } from "fs";
import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

app.get("/orders", async (request, response) => {
  const client = await pool.connect(); // finding: MEM-002
  const found = await client.query("SELECT id FROM orders");
  response.json(found.rows);
});

app.get("/stock", async (request, response) => {
  const client = await pool.connect(); // ok: given back; mutate: s/client.release()/client.query("SELECT 1")/
  try {
    response.json((await client.query("SELECT id FROM stock")).rows);
  } finally {
    client.release();
  }
});

app.get("/sheet", async (request, response) => {
  const file = await fs.open("sheet.csv"); // finding: MEM-002
  response.send(await file.readFile());
});

app.get("/page", async (request, response) => {
  response.json((await pool.query("SELECT id FROM page")).rows); // ok: the pool takes its own connection back
});
app.listen(8080);
