-- finding: DB-IDX-001
CREATE TABLE users (id SERIAL PRIMARY KEY, name TEXT);

CREATE TABLE IF NOT EXISTS orders (
  id BIGSERIAL PRIMARY KEY,
  number NUMERIC(10, 2) UNIQUE,
  customer_id INT NOT NULL REFERENCES users (id), -- finding: DB-IDX-001
  shop_id INT REFERENCES users (id), -- ok: indexed by the next migration; mutate: migrations/2_indexes.sql s/(shop_id, state)/(state, shop_id)/
  packer_id INT REFERENCES users (id), -- finding: DB-IDX-001 -- the users are filtered, their orders joined
  editor_id INT REFERENCES users (id), -- ok: it only leads from the order to its editor; mutate: shop/orders.go s/WHERE o.id = $1/WHERE u.name = $1/
  carrier_id INT REFERENCES users (id), -- ok: one side of an OR
  payer_id INT REFERENCES users (id), -- finding: DB-IDX-001 -- counted for each user
  seller_id INT REFERENCES users (id), -- ok: the number beside it is unique; mutate: shop/orders.go s/number = $1 AND //
  state TEXT
);

CREATE TABLE lines (
  order_id INT,
  product_id INT,
  PRIMARY KEY (order_id, product_id),
  FOREIGN KEY (order_id) REFERENCES orders (id), -- ok: first of the key; mutate: s/(order_id, product_id)/(product_id, order_id)/
  FOREIGN KEY (product_id) REFERENCES users (id) -- finding: DB-IDX-001
);

CREATE TABLE refunds (
  id BIGSERIAL PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES orders (id) -- finding: DB-IDX-001
);
