const express = require("express");
const knex = require("knex")({ client: "pg" });

const app = express();

async function total(match) {
  const query = knex("events"); // ok: one number; mutate: s/query.count("* as count");//
  Object.entries(match).forEach(([key, value]) => {
    query.andWhere(key, value);
  });
  query.count("* as count");
  const [{ count }] = await query;
  return count;
}

async function matching(match) {
  const asked = knex("events"); // finding: DB-PERF-011
  Object.entries(match).forEach(([key, value]) => {
    asked.andWhere(key, value);
  });
  return await asked;
}

async function of(device) {
  const query = knex("events").select("id"); // ok: those of one device; mutate: s/query.where("serial", device);//
  query.where("serial", device);
  return await query;
}

async function twice() {
  const query = knex("events"); // finding: DB-PERF-011
  const all = await query;
  query.limit(3);
  return [all, await query];
}

app.get("/total", async (req, res) => res.json({ total: await total(req.query) }));
app.get("/matching", async (req, res) => {
  const rows = await matching(req.query);
  res.json({ rows: rows.filter((row) => row.open) });
});
app.get("/of", async (req, res) => {
  const rows = await of(req.query.device);
  res.json({ rows: rows.map((row) => row.id) });
});
app.get("/twice", async (req, res) => res.json({ rows: (await twice()).length }));
app.listen(3000);
