const express = require("express");
const mongoose = require("mongoose");
const { MongoClient } = require("mongodb");

const Order = mongoose.model("Order", new mongoose.Schema({ total: Number, customer: String }));
const shop = new MongoClient("mongodb://db").db("shop");
const app = express();

app.post("/report", async (request, response) => {
  const orders = await Order.find({}); // finding: DB-PERF-011
  response.json({ total: orders.reduce((sum, order) => sum + order.total, 0) });
});

// API-001 has the endpoint in the line above, this rule the read.
app.get("/orders", async (request, response) => {
  const orders = await Order.find({}).populate("customer"); // finding: DB-PERF-011
  response.json(orders);
});

app.get("/short", async (request, response) => response.json(await Order.find())); // ok: the whole line is API-001's

app.get("/top", async (request, response) => {
  const top = await Order.find({}).sort({ total: -1 }).limit(3); // ok: three; mutate: s/.limit(3)//
  response.json(top);
});

app.get("/mine", async (request, response) => {
  const mine = await Order.find({ customer: request.user.id }); // ok: one customer's; mutate: s/{ customer: request.user.id }/{}/
  response.json({ first: mine[0], size: mine.length });
});

app.get("/named", async (request, response) => {
  const named = await Order.find({ name: { $regex: request.query.text } }); // finding: DB-PERF-011
  response.json(named.length);
});

app.get("/export", async (request, response) => {
  for await (const order of Order.find({}).cursor()) { // ok: read one by one; mutate: s/for await (const order of Order.find({}).cursor())/for (const order of await Order.find({}))/
    response.write(order.id);
  }
  response.end();
});

app.get("/products", (request, response) => {
  shop.collection("products").find({}).toArray().then((products) => { // finding: DB-PERF-011
    response.json(products);
  });
});

app.get("/walk", async (request, response) => {
  let count = 0;
  for await (const product of shop.collection("products").find({})) { // ok: the cursor brings batches
    count += product.stock;
  }
  response.json(count);
});

app.get("/page", async (request, response) => {
  const page = await shop.collection("products").find({}).skip(20).limit(20).toArray(); // ok: a page; mutate: s/.limit(20)//
  response.json(page.length);
});

app.get("/in-memory", (request, response) => {
  const chosen = request.app.locals.rows.find((row) => row.id === request.query.id); // ok: an array's find
  response.json(chosen);
});
