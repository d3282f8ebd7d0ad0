def test_orders(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/orders/")
