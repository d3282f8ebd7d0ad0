const express = require("express");
const { TranslateClient, TranslateTextCommand } = require("@aws-sdk/client-translate");

const app = express();
const shared = new TranslateClient({}); // ok: one for all requests

app.get("/texts", async (request, response) => {
  const translate = new TranslateClient({}); // finding: NET-PERF-002 confidence: high
  response.json(await translate.send(new TranslateTextCommand({ Text: "a" })));
});

app.get("/more", async (request, response) => {
  response.json(await shared.send(new TranslateTextCommand({ Text: "a" })));
});

app.listen(3000);
