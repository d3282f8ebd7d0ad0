const express = require("express");
const mongoose = require("mongoose");

const app = express();
const orderSchema = new mongoose.Schema({
  c1: String,
  c2: String,
  c3: String,
  c4: String,
  c5: String,
  c6: String,
  c7: String,
  c8: String,
  c9: String,
  c10: String,
  c11: String,
  c12: String,
  c13: String,
  c14: String,
  c15: String,
  c16: String,
  c17: String,
  c18: String,
  c19: String,
  c20: String,
  c21: String,
});
const Order = mongoose.model("Order", orderSchema);

app.get("/orders", async (req, res) => {
  res.json(await Order.find().limit(50)); // finding: API-005 confidence: low
});
