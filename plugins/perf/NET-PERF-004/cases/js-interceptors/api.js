const axios = require("axios");
const express = require("express");

const app = express();
const stock = axios.create({ baseURL: "https://stock.example" });
const rates = axios.create({ baseURL: "https://rates.example" });
const tax = axios.create({ baseURL: "https://tax.example" });

stock.interceptors.request.use((config) => {
  config.timeout = 5000;
  return config;
});

const bounded = (config) => ({ ...config, timeout: 2000 });
rates.interceptors.request.use(bounded);

tax.interceptors.response.use(undefined, (error) => {
  if (error.code === "ECONNABORTED") error.message = "timeout";
  throw error;
});

app.get("/stock", async (req, res) => {
  const answer = await stock.get("/items"); // ok: each request is given a limit before it is sent; mutate: s/config.timeout = 5000/config.tries = 5000/
  res.json(answer.data);
});

app.get("/rates", async (req, res) => {
  const answer = await rates.get("/today"); // ok: by a function that is named; mutate: s/timeout: 2000/tries: 2000/
  res.json(answer.data);
});

app.get("/tax", async (req, res) => {
  const answer = await tax.get("/today"); // finding: NET-PERF-004 confidence: high
  res.json(answer.data);
});
