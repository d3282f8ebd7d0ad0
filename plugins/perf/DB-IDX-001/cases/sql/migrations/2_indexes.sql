CREATE INDEX orders_shop ON orders (shop_id, state);
