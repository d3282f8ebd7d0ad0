const express = require("express");

const app = express();

app.get("/price", async (request, response) => {
  response.json(await (await fetch("https://prices.example/now")).json()); // finding: NET-PERF-004
});
