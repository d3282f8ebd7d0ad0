const express = require("express");
const { Pool } = require("pg");

const app = express();
const pool = new Pool();

app.get("/ready", async (request, response) => {
  // finding: CR-002 confidence: medium
  await pool.query("SELECT 1");
  response.send("OK");
});
app.get("/startup", async (request, response) => {
  await pool.query("SELECT 1"); // ok: asks on purpose, and ends nothing; mutate: deploy.yaml s|path: /ready|path: /startup|
  response.send("OK");
});
app.listen(8080);
