const express = require("express");
const mongoose = require("mongoose");

const app = express();
const Order = mongoose.model("Order", new mongoose.Schema({ total: Number }));

app.get("/turnover", async (req, res) => {
  // finding: DB-VIEW-001 confidence: low
  const sums = await Order.aggregate([{ $lookup: { from: "lines", localField: "_id", foreignField: "order", as: "lines" } }, { $group: { _id: "$depot", sum: { $sum: "$total" } } }]);
  res.json(sums);
});
