const express = require("express");
const mongoose = require("mongoose");

const app = express();
const Order = mongoose.model("Order", new mongoose.Schema({ total: Number }));

app.get("/orders", async (req, res) => { // finding: API-004 confidence: low
  res.json(await Order.find().sort("_id").skip(req.query.skip).limit(20));
});

app.get("/orders/found", async (req, res) => { // ok: takes a state; mutate: s/const { skip, state } = req.query/const { skip } = req.query/ s/{ state: state }/{}/
  const { skip, state } = req.query;
  res.json(await Order.find({ state: state }).skip(skip).limit(20));
});
