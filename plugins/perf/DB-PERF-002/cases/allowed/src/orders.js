const admin = require("firebase-admin");

exports.orders = (customer) =>
  // perfctl: allow DB-PERF-002 -- the index is made by the repository of the console
  admin.firestore().collection("orders").where("customer", "==", customer).orderBy("createdAt").get();
