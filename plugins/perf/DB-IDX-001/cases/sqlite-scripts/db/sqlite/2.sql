ALTER TABLE orders
  -- finding: DB-IDX-001
  ADD parent INTEGER REFERENCES [orders] ([id]) ON DELETE SET NULL;
ALTER TABLE orders
  ADD packer INTEGER REFERENCES packers (id); -- ok: indexed below; mutate: s/CREATE INDEX orders_packer ON orders (packer);/SELECT 1;/
CREATE INDEX orders_packer ON orders (packer);
