const express = require("express");
const jwksClient = require("jwks-rsa");

const app = express();
const keys = jwksClient({ jwksUri: process.env.ISSUER }); // ok: made with the module

function keyOf(url, id) {
  // One of a few issuers.
  const client = jwksClient({ jwksUri: url }); // finding: NET-PERF-002 confidence: medium
  return client.getSigningKey(id);
}

app.get("/orders", async (request, response) => {
  await keys.getSigningKey(request.query.id);
  response.json(await keyOf(request.query.issuer, request.query.id));
});

app.listen(3000);
