import express from "express";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { Issuer } from "openid-client";

const app = express();
const shared = createRemoteJWKSet(new URL(`${process.env.ISSUER}/.well-known/jwks.json`)); // ok: made once

app.get("/orders", async (request, response) => {
  const keys = createRemoteJWKSet(new URL(`${process.env.ISSUER}/.well-known/jwks.json`)); // finding: CACHE-002 confidence: high
  await jwtVerify(request.headers.authorization!, keys);
  await jwtVerify(request.headers.authorization!, shared);
  response.json([]);
});

app.get("/login", async (request, response) => {
  const issuer = await Issuer.discover(process.env.ISSUER!); // finding: CACHE-002 confidence: high
  response.redirect(issuer.metadata.authorization_endpoint!);
});

app.listen(3000);
