const axios = require("axios");
const express = require("express");
const oauth = require("axios-oauth-client");
const { NodeHttpHandler } = require("@smithy/node-http-handler");

const tokens = oauth.clientCredentials(axios.create(), "https://login.example/token", "shop", process.env.SECRET); // finding: NET-PERF-004 confidence: medium
const quick = oauth.clientCredentials(axios.create({ timeout: 2000 }), "https://login.example/token", "shop", process.env.SECRET); // ok: limited; mutate: s/{ timeout: 2000 }//

const handler = new NodeHttpHandler();
const patient = new NodeHttpHandler({ requestTimeout: 3000 });

const app = express();
app.get("/orders", async (req, res) => {
  const token = await tokens();
  const { response } = await handler.handle({ headers: { token } }); // finding: NET-PERF-004
  const other = await patient.handle({ headers: { token: await quick() } }); // ok: limited where it is made; mutate: s/{ requestTimeout: 3000 }//
  const third = await handler.handle({ headers: { token } }, { requestTimeout: 500 }); // ok: limited in the call; mutate: s/, { requestTimeout: 500 }//
  res.json([response, other, third]);
});
