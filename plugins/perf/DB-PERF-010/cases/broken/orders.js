import mongoose from "mongoose";

const orderSchema = new mongoose.Schema({ user: String });
const Order = mongoose.model("Order", orderSchema);

export function orders(user) {
  return Order.find({ user }); // finding: DB-PERF-010
}
