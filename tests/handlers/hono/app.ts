import { Hono } from "hono";
const app = new Hono<{ Bindings: Env }>().basePath("/api");
app.get("/a", (c) => { probe(); }).get("/b", check, async (c) => { probe(); });
app.on("GET", "/c", async (c) => { probe(); });
export default app;
