import express from "express";
import { Pool } from "pg";

const app = express();
const pool = new Pool();

app.get("/orders", async (request, response) => {
  const client = await pool.connect(); // finding: MEM-002
  const orders = await client.query("SELECT id FROM orders LIMIT 20");
  client.release();
  response.json(orders.rows);
});

app.get("/orders/:id", async (request, response) => {
  const client = await pool.connect(); // ok: given back however it ends; mutate: s/} finally {/} catch (error) { throw error; } {/
  try {
    const orders = await client.query("SELECT id FROM orders WHERE id = $1", [request.params.id]);
    response.json(orders.rows);
  } finally {
    client.release();
  }
});

app.put("/orders/:id", async (request, response) => {
  const client = await pool.connect(); // ok: given back in both ways
  try {
    await client.query("BEGIN");
    await client.query("UPDATE orders SET paid = true WHERE id = $1", [request.params.id]);
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    await client.query("ROLLBACK");
    client.release();
    throw error;
  }
  response.end();
});
