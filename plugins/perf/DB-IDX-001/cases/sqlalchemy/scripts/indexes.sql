CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_packer ON public.orders USING btree (packer_id);
