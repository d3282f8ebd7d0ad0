const query = db.collection("orders").where("a", "=="
