import { Order } from "../models/order";

export async function basket(user: string) {
  const open = await Order.findOne({ user }); // finding: DB-PERF-010
  // ok: the same index is told of above; mutate: s/const open = await Order.findOne({ user });/const open = await Order.findOne({ _id: user });/
  return open ?? Order.exists({ user });
}
