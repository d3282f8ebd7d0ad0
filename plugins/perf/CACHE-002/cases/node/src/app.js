const express = require("express");
const axios = require("axios");
const _ = require("lodash");
const pMemoize = require("p-memoize");

const app = express();
const ISSUER = process.env.ISSUER;
let discovered;

async function keys() {
  const { data } = await axios.get(`${ISSUER}/.well-known/jwks.json`); // finding: CACHE-002 confidence: high
  return data.keys;
}

async function discovery() {
  const answer = await fetch(`${ISSUER}/.well-known/openid-configuration`); // finding: CACHE-002 confidence: high
  return answer.json();
}

async function loadKeys() {
  const { data } = await axios.get(`${ISSUER}/.well-known/jwks.json`); // ok: kept by what it is handed to; mutate: s/pMemoize(loadKeys)/loadKeys/
  return data.keys;
}

const allKeys = pMemoize(loadKeys);

async function readKeys() {
  const { data } = await axios.get(`${ISSUER}/.well-known/jwks.json`); // ok: kept by lodash; mutate: s/_.memoize(readKeys)/readKeys/
  return data.keys;
}

const lodashKeys = _.memoize(readKeys);

async function configuration() {
  // ok: kept in the module; mutate: s/discovered ??= await/const discovered = await/
  discovered ??= await axios.get(`${ISSUER}/.well-known/openid-configuration`);
  return discovered.data;
}

app.use(async (request, response, next) => {
  request.keys = [await keys(), await discovery(), await allKeys(), await lodashKeys(), await configuration()];
  next();
});

app.get("/stars", async (request, response) => {
  const answer = await fetch("https://api.github.com/repos/example/shop"); // finding: CACHE-002 confidence: medium
  response.json(await answer.json());
});

app.listen(3000);
