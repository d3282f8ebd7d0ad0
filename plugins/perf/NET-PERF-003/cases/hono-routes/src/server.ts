import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { orders } from "./orders";

const app = new Hono(); // finding: NET-PERF-003 confidence: medium

app.route("/orders", orders);
app.get("/all", (c) => c.json([1, 2, 3]));

serve(app);
