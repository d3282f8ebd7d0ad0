import { Hono } from "hono";

// ok: the application that it is mounted into answers for it; mutate: src/server.ts s/app.route("\/orders", orders);/app.get("\/orders", (c) => c.json([orders]));/
export const orders = new Hono().get("/", (c) => c.json([1, 2, 3])).post("/", (c) => c.json({}));
