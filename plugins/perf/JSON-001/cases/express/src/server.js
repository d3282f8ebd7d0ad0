const express = require("express");

const { load, strip } = require("./orders");

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

app.get("/orders/revived", async (req, res) => {
  const orders = await load();
  res.json(JSON.parse(JSON.stringify(orders), (key, value) => (key === "password" ? undefined : value))); // ok: what it gives is another value; mutate: s/, (key, value) => (key === "password" ? undefined : value)//
});

app.get("/orders/cut", async (req, res) => {
  const orders = JSON.parse(JSON.stringify(await load())); // ok: a copy to be written to; mutate: s/delete orders.password;//
  delete orders.password;
  res.json(orders);
});

app.get("/orders/filled", async (req, res) => {
  const orders = JSON.parse(JSON.stringify(await load())); // ok: its rows are written to; mutate: s/order.lines.push({ sku: "a" });//
  for (const order of orders) {
    order.lines.push({ sku: "a" });
  }
  res.json(orders);
});

app.get("/orders/stripped", async (req, res) => {
  const orders = JSON.parse(JSON.stringify(await load())); // ok: a function of the project may write to it; mutate: s/strip(orders);//
  strip(orders);
  res.json(orders);
});

app.get("/orders/indented", async (req, res) => {
  const orders = await load();
  res.type("json").send(JSON.stringify(orders, null, 2)); // finding: JSON-001 confidence: medium
});

app.get("/orders/asked", async (req, res) => {
  const orders = await load();
  if (req.query.pretty) {
    res.type("json").send(JSON.stringify(orders, null, 2)); // ok: whoever asks wants it so; mutate: s/req.query.pretty/req.query.all/
  } else {
    res.json(orders);
  }
});

app.get("/orders/plain", async (req, res) => {
  const orders = await load();
  res.type("json").send(JSON.stringify(orders)); // ok: not indented; mutate: s/stringify(orders)/stringify(orders, null, 2)/
});

app.get("/debug/orders", async function debugOrders(req, res) {
  const orders = await load();
  res.type("json").send(JSON.stringify(orders, null, 2)); // ok: for people; mutate: s/function debugOrders/function listOrders/
});
