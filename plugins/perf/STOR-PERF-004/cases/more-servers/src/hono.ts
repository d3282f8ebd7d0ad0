import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

const app = new Hono();
app.use("/*", serveStatic({ root: "./client" })); // finding: STOR-PERF-004 confidence: medium

export default app;
