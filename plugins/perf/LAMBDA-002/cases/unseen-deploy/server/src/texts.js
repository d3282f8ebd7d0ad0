const express = require("express");
const { TranslateClient, TranslateTextCommand } = require("@aws-sdk/client-translate");

const app = express();

app.get("/texts", async (request, response) => {
  const translate = new TranslateClient({}); // ok: a server, of which NET-PERF-002 speaks
  response.json(await translate.send(new TranslateTextCommand({ Text: "a" })));
});

app.listen(3000);
