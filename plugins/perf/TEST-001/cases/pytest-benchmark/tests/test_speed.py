def test_orders_speed(client, benchmark):
    benchmark(client.get, "/orders")
