import { MongoClient } from "mongodb";

const client = new MongoClient(process.env.DATABASE);
const orders = client.db("shop").collection("orders");

export async function prepare() {
  await orders.createIndex({ number: 1 });
}

export async function order(number, user) {
  await orders.findOne({ number }); // ok: indexed; mutate: s/createIndex({ number/createIndex({ state/
  return orders.find({ user }).toArray(); // finding: DB-PERF-010
}
