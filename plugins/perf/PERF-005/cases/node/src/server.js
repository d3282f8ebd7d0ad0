const express = require("express");
const { SecretsManagerClient, GetSecretValueCommand } = require("@aws-sdk/client-secrets-manager");
const { SecretManagerServiceClient } = require("@google-cloud/secret-manager");
const AWS = require("aws-sdk");

const app = express();
const client = new SecretsManagerClient({});
const google = new SecretManagerServiceClient();
let key;

async function database() {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: "database" })); // finding: PERF-005 confidence: medium
  return answer.SecretString;
}

async function signingKey() {
  const [version] = await google.accessSecretVersion({ name: "projects/1/secrets/key" }); // finding: PERF-005 confidence: medium
  return version.payload.data;
}

async function mailKey() {
  // ok: read with the first mail; mutate: s/app.locals.database = await database();/app.locals.database = await mailKey();/
  key ??= (await client.send(new GetSecretValueCommand({ SecretId: "mail" }))).SecretString;
  return key;
}

app.post("/mails", async (request, response) => response.json(await mailKey()));

async function start() {
  app.locals.database = await database();
  app.locals.key = await signingKey();
  const { SecretString } = await new AWS.SecretsManager().getSecretValue({ SecretId: "mail" }).promise(); // finding: PERF-005 confidence: medium
  app.locals.mail = SecretString;
  app.listen(3000);
}

google.accessSecretVersion({ name: "projects/1/secrets/warm" }); // ok: nobody waits for it
start();
