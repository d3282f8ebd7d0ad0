const express = require("express");
const mongoose = require("mongoose");

const app = express();
const Order = mongoose.model("Order", new mongoose.Schema({ total: Number }));

app.get("/orders", async (req, res, next) => { // finding: API-003 confidence: medium
  try {
    const { page = 1, limit = 20 } = req.query;
    const orders = await Order.find().skip((page - 1) * limit).limit(limit);
    res.json(orders);
  } catch (error) {
    next(error);
  }
});

app.get("/orders/told", async (req, res) => { // ok: the next page is in the answer; mutate: s/res.json({ orders, nextPage: page + 1 })/res.json(orders)/
  const page = Number(req.query.page);
  const orders = await Order.find().skip(page * 20).limit(20);
  res.json({ orders, nextPage: page + 1 });
});

app.get("/orders/headed", async (req, res) => { // ok: the header says; mutate: s/res.set("Link", beyond(req)); //
  const orders = await Order.find().skip(req.query.skip).limit(20);
  res.set("Link", beyond(req)); res.json(orders);
});
