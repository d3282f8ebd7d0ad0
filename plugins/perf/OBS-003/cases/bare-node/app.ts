import Redis from "ioredis";
import express from "express";

const store = new Redis();
const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
