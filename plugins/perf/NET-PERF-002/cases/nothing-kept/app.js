const express = require("express");
const https = require("https");
const axios = require("axios");

const app = express();

app.get("/check", async (req, res) => {
  const agent = new https.Agent({ maxCachedSessions: 0 }); // ok: asks anew on purpose; mutate: s/maxCachedSessions: 0/keepAlive: true/
  const answer = await axios.get("https://shop.example/", { httpsAgent: agent, timeout: 5000 });
  res.json({ status: answer.status });
});

app.listen(8080);
