const express = require("express");
const axios = require("axios");
const { rateLimit } = require("express-rate-limit");

const app = express();

app.post("/login", (request, response) => {
  response.status(429).json({ retryAfter: 5 }); // finding: SVC-003 confidence: medium
});

// ok: the limiter sends the header before it asks; mutate: s/rateLimit({/other({/
app.use(rateLimit({ limit: 5, handler: (request, response) => response.status(429).end() }));
