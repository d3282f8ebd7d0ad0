const express = require("express");

const { load } = require("./orders");

const app = express();
app.set("json spaces", 2); // finding: JSON-001 confidence: high
if (process.env.NODE_ENV !== "production") {
  app.set("json spaces", 2); // ok: for development; mutate: s/if (process.env.NODE_ENV !== "production") {/{/
}
app.set("view engine", "pug"); // ok: another setting

app.get("/orders", async (req, res) => {
  const orders = await load();
  res.json(JSON.parse(JSON.stringify(orders))); // finding: JSON-001 confidence: medium
});

app.get("/orders/later", async (req, res) => {
  const orders = JSON.parse(JSON.stringify(await load())); // finding: JSON-001 confidence: medium
  res.json(orders);
});

app.get("/orders/copied", async (req, res) => {
  const copy = JSON.parse(JSON.stringify(await load())); // ok: a copy that is changed
  copy.sort();
  res.json({ count: copy.length });
});

app.get("/orders/indented", async (req, res) => {
  const orders = await load();
  res.type("json").send(JSON.stringify(orders, null, 2)); // finding: JSON-001 confidence: medium
});

app.get("/orders/plain", async (req, res) => {
  const orders = await load();
  res.type("json").send(JSON.stringify(orders)); // ok: not indented; mutate: s/stringify(orders)/stringify(orders, null, 2)/
});

app.get("/debug/orders", async function debugOrders(req, res) {
  const orders = await load();
  res.type("json").send(JSON.stringify(orders, null, 2)); // ok: for people; mutate: s/function debugOrders/function listOrders/
});
