import mongoose from "mongoose";

const orderSchema = new mongoose.Schema({ user: String });
const Order = mongoose.model("Order", orderSchema);

export function orders(user) {
  // perfctl: allow DB-PERF-010 -- the index is made by the team that owns the cluster
  return Order.find({ user });
}
