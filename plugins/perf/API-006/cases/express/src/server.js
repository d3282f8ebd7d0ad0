const express = require("express");
const mongoose = require("mongoose");

const app = express();
const Order = mongoose.model("Order", new mongoose.Schema({ total: Number }));

app.get("/orders", async (req, res) => {
  res.json(await Order.find().sort("_id").skip((req.query.page - 1) * 20).limit(20)); // finding: API-006 confidence: medium
});

app.get("/orders/asked", async (req, res) => {
  const word = req.query.word ? { name: req.query.word } : {};
  res.json(await Order.find({ ...word }).skip(req.query.skip).limit(20)); // finding: API-006 confidence: low
});

app.get("/orders/either", async (req, res) => {
  const filter = req.query.cursor ? { _id: { $gt: req.query.cursor } } : {};
  res.json(await Order.find(filter).skip(req.query.skip).limit(20)); // ok: offers a way by the key; mutate: s/req.query.cursor ? { _id: { $gt: req.query.cursor } } : {}/{}/
});
