const express = require("express");
const { Translate } = require("@aws-sdk/client-translate");
const { LexModelsV2Client, DescribeBotCommand, StopBotRecommendationCommand } = require("@aws-sdk/client-lex-models-v2");
const { S3Client, GetObjectCommand } = require("@aws-sdk/client-s3");
const { getSignedUrl } = require("@aws-sdk/s3-request-presigner");
const _ = require("lodash");

const app = express();
const translate = new Translate({});
const lex = new LexModelsV2Client({});
const s3 = new S3Client({});
const clients = new Map();

async function inLanguage(text, language) {
  const answer = await translate.translateText({ Text: text, TargetLanguageCode: language });
  return answer.TranslatedText;
}

// What is asked again and again for one item each.
app.post("/page", async (request, response) => {
  const page = request.body;
  const french = {};
  const german = {};
  for (const field of ["title", "summary", "text"]) {
    french[field] = await inLanguage(page[field], "fr"); // finding: CONC-003 confidence: high
  }
  for (const field of ["title", "text"]) {
    german[field] = await inLanguage(page[field], "de"); // ok: two are not worth a word; mutate: s/["title", "text"]/["title", "text", "notes"]/
  }
  response.json({ french, german });
});

app.post("/answer", async (request, response) => {
  const answer = request.body;
  if (_.get(answer, "text")) {
    answer.text = await inLanguage(answer.text, "fr");
  }
  if (_.get(answer, "title")) {
    answer.title = await inLanguage(answer.title, "fr"); // finding: CONC-003
  }
  response.json(answer);
});

// The command says what the client does, wherever the client comes from.
app.get("/bot", async (request, response) => {
  const client = clients.get("bot");
  const bot = await client.send(new DescribeBotCommand({ botId: "1" }));
  const command = new GetObjectCommand({ Bucket: "b", Key: "status" });
  const status = await s3.send(command); // finding: CONC-003
  response.json({ bot, status: status.ETag });
});

app.get("/stop", async (request, response) => {
  const stopped = await lex.send(new StopBotRecommendationCommand({ botId: "1" }));
  const bot = await lex.send(new DescribeBotCommand({ botId: "1" })); // ok: what it is after it was stopped; mutate: s/new StopBotRecommendationCommand(/new DescribeBotCommand(/
  response.json({ stopped, bot });
});

// Signing is worked out from the key that the process holds.
app.get("/links", async (request, response) => {
  const links = [];
  for (const key of request.body.keys) {
    // ok: no question to anybody; mutate: s/getSignedUrl(s3, new GetObjectCommand({ Bucket: "b", Key: key }))/s3.send(new GetObjectCommand({ Bucket: "b", Key: key }))/
    links.push(await getSignedUrl(s3, new GetObjectCommand({ Bucket: "b", Key: key })));
  }
  response.json(links);
});

// A try that goes on where it fails stands beside its neighbours.
app.get("/state", async (request, response) => {
  let state = "none";
  try {
    const answer = await s3.send(new GetObjectCommand({ Bucket: "b", Key: "state" }));
    state = await answer.Body.transformToString();
  } catch (error) {
    console.log("no state yet", error);
  }
  const bot = await lex.send(new DescribeBotCommand({ botId: "1" })); // finding: CONC-003
  response.json({ state, bot });
});

app.get("/strict", async (request, response) => {
  let state = "none";
  try {
    state = await s3.send(new GetObjectCommand({ Bucket: "b", Key: "state" }));
  } catch (error) {
    return response.status(404).end();
  }
  const bot = await lex.send(new DescribeBotCommand({ botId: "1" })); // ok: not asked where the first fails; mutate: s/return response.status(404).end();/console.log(error);/
  response.json({ state, bot });
});

// Rows that are called records are no messages.
app.delete("/files", async (request, response) => {
  const fileRecords = request.body.files;
  for (const file of fileRecords) {
    await removeObject(file); // finding: CONC-003
  }
  response.end();
});

async function removeObject(file) {
  const { DeleteObjectCommand } = require("@aws-sdk/client-s3");
  return s3.send(new DeleteObjectCommand({ Bucket: "b", Key: file.key }));
}

// Word to others whose failures are caught on the spot.
const axios = require("axios");

async function tellShop(order) {
  return axios.post("https://shop.example/orders", order);
}

async function tellPartner(order) {
  return axios.post("https://partner.example/orders", order);
}

app.post("/orders", async (request, response) => {
  const order = request.body;
  await tellShop(order).catch((error) => console.error(error));
  await tellPartner(order).catch((error) => console.error(error)); // finding: CONC-003
  response.end();
});

app.post("/paid", async (request, response) => {
  const order = request.body;
  await tellShop(order);
  await tellPartner(order).catch((error) => console.error(error)); // ok: not told where the first fails; mutate: s/await tellShop(order);/await tellShop(order).catch(() => 0);/
  response.end();
});

// Each item is at home on another server.
app.post("/news", async (request, response) => {
  for (const hook of request.body.hooks) {
    await axios.post(hook.url, request.body.news); // finding: CONC-003
  }
  for (const row of request.body.rows) {
    await axios.post("https://hub.example/rows", row); // ok: one server, which may want them in order; mutate: s/"https:\/\/hub.example\/rows"/row.url/
  }
  response.end();
});
