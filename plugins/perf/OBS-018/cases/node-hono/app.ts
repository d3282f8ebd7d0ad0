import { Hono } from "hono";
import { timing } from "hono/timing";

const app = new Hono();
app.use(timing());
