import Redis from "ioredis";
import express from "express";

const store = new Redis();
const hits = new Counter({ name: "cache_hit_total", help: "Hits" });
const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
