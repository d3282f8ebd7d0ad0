const express = require("express");
const AWS = require("aws-sdk");

const app = express();

app.get("/words", async (request, response) => {
  const credentials = new AWS.Credentials("a", "b"); // ok: no client
  const comprehend = new AWS.Comprehend(); // finding: NET-PERF-002 confidence: high
  response.json({ found: await comprehend.detectSyntax({ Text: "a" }).promise(), credentials: Boolean(credentials) });
});

app.listen(3001);
