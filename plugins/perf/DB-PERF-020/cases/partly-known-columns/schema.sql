CREATE TABLE settings (
    key varchar(40) PRIMARY KEY, -- one of (a, b
    index int NOT NULL,
    value text DEFAULT 'a, b',
    UNIQUE (index)
);

CREATE TABLE tags (id int, name text, INDEX by_name (name), KEY by_id USING BTREE (id), PRIMARY KEY (id));

CREATE TABLE users (id bigint PRIMARY KEY, name text);

CREATE TABLE refunds (id bigint, total int);

CREATE TABLE orders (id bigint PRIMARY KEY, "createdAt" timestamptz, total int);

CREATE TABLE lines (id bigint, order_id bigint, sku text);

CREATE TABLE copies (LIKE lines, at timestamptz);

CREATE TABLE parts (size int) INHERITS (lines);

ALTER TABLE ONLY lines ADD CONSTRAINT lines_pkey PRIMARY KEY (id, order_id);
