const { MongoClient } = require("mongodb");

const client = new MongoClient(process.env.MONGO_URL, { maxPoolSize: 1 }); // ok: a function handles one event at a time

exports.handler = async (event) => client.db().collection("orders").findOne({ _id: event.id });
