import express from "express";
import mongoose from "mongoose";

const Order = mongoose.model("Order", new mongoose.Schema({ customer: { type: mongoose.Types.ObjectId, ref: "Customer" } }));
const router = express.Router();

router.get("/orders", async (req, res) => {
  const orders = await Order.find({}).limit(50);
  for (const order of orders) {
    await order.populate("customer"); // finding: DB-PERF-001
  }
  const all = await Order.find({}).populate("customer"); // ok: one query for all
  res.json([orders, all]);
});

export default router;
