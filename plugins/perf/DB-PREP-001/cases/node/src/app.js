const express = require("express");
const mysql = require("mysql2/promise");
const { Pool } = require("pg");

const app = express();
const pool = new Pool();
const db = mysql.createPool({ host: "db" });

app.get("/orders/:customer", async (request, response) => {
  const customer = request.params.customer;
  await pool.query(`SELECT id FROM orders WHERE customer = '${customer}'`); // finding: DB-PREP-001 confidence: high
  await db.query("SELECT id FROM orders WHERE customer = '" + customer + "'"); // finding: DB-PREP-001 confidence: high
  await pool.query("SELECT id FROM orders WHERE customer = $1", [customer]); // ok: the value goes beside the text; mutate: s/= $1", [customer]/= '" + customer + "'"/
  const values = [customer];
  await pool.query(`SELECT id FROM orders WHERE customer = $${values.length}`, values); // ok: a placeholder that is counted; mutate: s/$${values.length}/${customer}/
  response.end();
});
