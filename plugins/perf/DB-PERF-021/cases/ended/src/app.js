const express = require("express");
const { Pool } = require("pg");

const app = express();

app.get("/prices", async (request, response) => {
  // finding: DB-PERF-021
  const own = new Pool({ connectionString: process.env.DATABASE_URL });
  const { rows } = await own.query("SELECT id FROM prices");
  await own.end();
  response.json(rows);
});
