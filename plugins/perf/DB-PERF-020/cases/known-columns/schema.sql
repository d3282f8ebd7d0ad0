CREATE TABLE IF NOT EXISTS shop.orders (
    id bigint PRIMARY KEY,
    number text NOT NULL,
    total numeric(12, 2) NOT NULL DEFAULT 0, -- with tax
    placed_at timestamptz,
    UNIQUE (number)
);

CREATE TABLE lines (id bigint, order_id bigint REFERENCES shop.orders (id), amount int);
