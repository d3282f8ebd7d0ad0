const express = require("express");
const { Pool } = require("pg");

const app = express();
const db = new Pool();

app.get("/patients/:id/health", async (req, res) => {
  const rows = await db.query("SELECT pulse FROM visits WHERE patient = $1", [req.params.id]); // ok: the health of a patient; mutate: s|"/patients/:id/health"|"/api/v1/health"|
  res.json(rows);
});

app.get("/api/v1/pets/health", async (req, res) => {
  const rows = await db.query("SELECT state FROM pets"); // finding: CR-002 confidence: medium
  res.json(rows);
});

app.get("/api/v2/health", async (req, res) => {
  const rows = await db.query("SELECT state FROM pets"); // finding: CR-002 confidence: high
  res.json(rows);
});

app.get("/_internal/healthz", async (req, res) => {
  const rows = await db.query("SELECT state FROM pets"); // finding: CR-002 confidence: high
  res.json(rows);
});
