const mongoose = require("mongoose");
const { MongoClient } = require("mongodb");

mongoose.connect(process.env.MONGO_URL, { maxPoolSize: 5 }); // finding: DB-PERF-012 confidence: medium
const stock = new MongoClient(process.env.STOCK_URL, {
  // finding: DB-PERF-012 confidence: high
  maxPoolSize: 1,
});
const prices = mongoose.createConnection(process.env.PRICES_URL, { maxPoolSize: 20 }); // ok: wide enough; mutate: s/: 20/: 2/
const options = { server: { poolSize: 5 } }; // finding: DB-PERF-012 confidence: medium
const old = mongoose.createConnection(process.env.OLD_URL, options);
mongoose.createConnection(process.env.USERS_URL); // ok: the driver's default of 100

module.exports = { stock, prices, old };
