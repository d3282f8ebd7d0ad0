const { MongoClient } = require("mongodb");

const client = new MongoClient("mongodb://mongodb");
const products = client.db("catalogue").collection("products");

async function product(sku, maker) {
  await products.findOne({ sku }); // ok: made by a script; mutate: mongo/catalogue.js s/sku: 1/name: 1/
  return products.find({ maker }).toArray(); // finding: DB-PERF-010
}
