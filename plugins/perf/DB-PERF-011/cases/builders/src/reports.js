const express = require("express");
const knex = require("./connection");

const app = express();

function ordersWithBuyers() {
  return knex("orders").join("buyers", "buyers.id", "orders.buyer_id").select("orders.*", "buyers.name as buyer");
}

app.post("/report", async (req, res) => {
  const orders = await ordersWithBuyers().where("orders.paid", true); // finding: DB-PERF-011
  res.json({ total: orders.length });
});

app.post("/report/tenant", async (req, res) => {
  const orders = await ordersWithBuyers().where("orders.tenant_id", req.session.tenantId); // finding: DB-PERF-011
  res.json({ total: orders.length });
});

app.post("/report/buyer", async (req, res) => {
  const orders = await ordersWithBuyers().where("orders.buyer_id", req.body.buyer); // ok: one buyer's; mutate: s/req.body.buyer/7/
  res.json({ first: orders[0], total: orders.length });
});

app.post("/report/some", async (req, res) => {
  const orders = await ordersWithBuyers().where("orders.paid", true).limit(100); // ok: a hundred; mutate: s/.limit(100)//
  res.json({ total: orders.length });
});

app.post("/report/modified", async (req, res) => {
  const orders = await knex("orders").modify((query) => query.limit(100)); // ok: a hundred; mutate: s/query.limit(100)/query.orderBy("id")/
  res.json({ total: orders.length });
});

app.post("/report/refined", async (req, res) => {
  let query = knex("orders").where("paid", true); // ok: limited below
  query = query.orderBy("id");
  const orders = await query.limit(100);
  res.json({ total: orders.length });
});

app.post("/report/number", async (req, res) => {
  const [row] = await knex("orders").modify((query) => query.where("paid", true)).countDistinct("buyer_id as n"); // ok: one number
  res.json({ total: row.n });
});

app.listen(3000);
