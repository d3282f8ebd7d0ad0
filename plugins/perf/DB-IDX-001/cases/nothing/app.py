def orders(store, customer):
    return store.filter_by(customer_id=customer)
