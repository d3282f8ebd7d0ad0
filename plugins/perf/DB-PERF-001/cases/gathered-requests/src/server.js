const express = require("express");
const people = require("./people");

const app = express();
app.get("/people", async (request, response) => {
  response.json(await Promise.all(request.query.entries.map((entry) => people.named(entry)))); // finding: DB-PERF-001 confidence: medium -- somebody waits for all of them
});
