CREATE TABLE [orders] (
  [id] INTEGER PRIMARY KEY AUTOINCREMENT,
  [shop_id] INTEGER NOT NULL REFERENCES [shops] ([id]),
  [buyer_id] INTEGER NOT NULL REFERENCES [buyers] ([id]) -- finding: DB-IDX-001
);
-- The second column is not served by it.
CREATE INDEX [orders_shop] ON [orders] ([shop_id], [buyer_id]);
