// What was received, for the people who look for lost events.
import { Router } from "express";

import { secrets } from "./config.js";
import { count, page, pool, redis, show } from "./store.js";

export const deliveries = Router();

deliveries.get("/", async (request, response) => {
  const carrier = String(request.query.carrier ?? "");
  const after = String(request.query.after ?? "");
  const rows = await page(carrier, after, Number(request.query.limit ?? 50));
  response.json({ rows, next: rows.at(-1)?.id ?? null });
});

deliveries.get("/carriers", (_request, response) => {
  response.json([...secrets.keys()]);
});

deliveries.get("/count/:carrier", async (request, response) => {
  response.json({ carrier: request.params.carrier, deliveries: await count(request.params.carrier) });
});

deliveries.get("/failed", async (_request, response) => {
  const found = await pool.query("SELECT id, carrier, shipment, code, received FROM hook_delivery WHERE forwarded IS NULL");
  response.json(found.rows);
});

deliveries.get("/:id", async (request, response) => {
  const delivery = await show(request.params.id);
  if (delivery === undefined) {
    response.status(404).end();
    return;
  }
  response.json(delivery);
});

deliveries.delete("/locks/:carrier", async (request, response) => {
  const held = await redis.keys(`lock:${request.params.carrier}:*`);
  if (held.length > 0) {
    await redis.del(...held);
  }
  response.json({ released: held.length });
});
