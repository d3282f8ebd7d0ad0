CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTO_INCREMENT,
  shop_id INTEGER NOT NULL,
  buyer_id INTEGER NOT NULL,
  FOREIGN KEY (shop_id) REFERENCES shops (id),
  FOREIGN KEY (buyer_id) REFERENCES buyers (id) -- ok: MySQL makes the index itself
);
CREATE INDEX buyers_orders ON orders (buyer_id);
