const admin = require("firebase-admin");

exports.orders = (customer) =>
  admin.firestore().collection("orders").where("customer", "==", customer).orderBy("createdAt").get(); // finding: DB-PERF-002 confidence: medium
