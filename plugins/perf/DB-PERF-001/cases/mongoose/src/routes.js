const express = require("express");
const mongoose = require("mongoose");

const Order = mongoose.model("Order", new mongoose.Schema({ total: Number }));
const User = mongoose.model("User", new mongoose.Schema({ name: String }));
const router = express.Router();

async function ownerOf(order) {
  return User.findById(order.owner);
}

router.get("/orders", async (req, res) => {
  const orders = await Order.find({}).limit(50);
  const answer = [];
  for (const order of orders) {
    answer.push({ total: order.total, owner: await ownerOf(order) }); // finding: DB-PERF-001
  }
  res.json(answer);
});

router.get("/populated", async (req, res) => {
  const orders = await Order.find({}).limit(50).populate("owner");
  res.json(orders.map((order) => order.owner.name)); // ok: loaded with the orders; mutate: s/order.owner.name/User.findById(order.owner)/
});

router.post("/orders", async (req, res) => {
  for (const order of req.body.orders) {
    await Order.create(order); // finding: DB-PERF-001
  }
  await Order.insertMany(req.body.more); // ok: one statement for all
  res.end();
});

router.get("/stream", async (req, res) => {
  for await (const order of Order.find({}).cursor()) {
    res.write(String(order.total)); // ok: the rows of one query
  }
  res.end();
});

module.exports = router;
