def orders(db, customer):
    return db.collection("orders").where("customer", "==", customer).order_by("created_at").get()
