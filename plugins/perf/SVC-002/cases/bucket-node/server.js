const express = require("express");
const { RateLimiter } = require("limiter");

const bucket = new RateLimiter({ tokensPerInterval: 20, interval: "minute", fireImmediately: true });
const app = express();

app.post("/login", async (request, response) => {
  if ((await bucket.removeTokens(1)) < 0) {
    response.json({ ok: false });
    return;
  }
  response.json({ ok: true });
});
