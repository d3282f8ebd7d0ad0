import express from "express";
import pg from "pg";

const pool = new pg.Pool();
const inflight = new Map();
const app = express();

app.get("/orders", async (request, response) => {
  if (!inflight.has(request.url)) {
    inflight.set(request.url, pool.query("SELECT id FROM orders WHERE id = $1", [request.query.id]));
  }
  response.json((await inflight.get(request.url)).rows);
});
