import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Storage } from "@google-cloud/storage";
import axios from "axios";
import express from "express";
import fs from "fs";
import fetch from "node-fetch";

const s3 = new S3Client({});
const bucket = new Storage().bucket("shop");
const app = express();

app.get("/files/:key", async (request, response) => {
  const object = await s3.send(new GetObjectCommand({ Bucket: "shop", Key: request.params.key }));
  const data = await streamToBuffer(object.Body); // finding: STOR-PERF-002
  response.send(data);
});

app.get("/arrays/:key", async (request, response) => {
  const object = await s3.send(new GetObjectCommand({ Bucket: "shop", Key: request.params.key }));
  const bytes = await object.Body.transformToByteArray(); // finding: STOR-PERF-002
  response.send(Buffer.from(bytes));
});

app.get("/texts/:key", async (request, response) => {
  const object = await s3.send(new GetObjectCommand({ Bucket: "shop", Key: request.params.key }));
  const text = await object.Body.transformToString(); // ok: a text; mutate: s/transformToString/transformToByteArray/
  response.send(text);
});

app.get("/blobs/:key", async (request, response) => {
  const [content] = await bucket.file(request.params.key).download(); // finding: STOR-PERF-002
  response.send(content);
});

app.get("/saved/:key", async (request, response) => {
  await bucket.file(request.params.key).download({ destination: "/data/x" }); // ok: goes to a file; mutate: s/{ destination: "\/data\/x" }//
  response.sendFile("/data/x");
});

app.post("/mirror", async (request, response) => {
  const answer = await axios.get(request.body.url, { responseType: "arraybuffer" }); // finding: STOR-PERF-002
  await bucket.file("mirror").save(Buffer.from(answer.data));
  response.sendStatus(201);
});

app.post("/capped", async (request, response) => {
  // ok: capped; mutate: s/, maxContentLength: 1000000//
  const answer = await axios.get(request.body.url, { responseType: "arraybuffer", maxContentLength: 1000000 });
  await bucket.file("mirror").save(Buffer.from(answer.data));
  response.sendStatus(201);
});

app.post("/pictures", async (request, response) => {
  const buffer = await fetch(request.body.url).then((res) => res.buffer()); // finding: STOR-PERF-002
  fs.writeFileSync("/data/picture", buffer);
  response.sendStatus(201);
});

app.post("/json", async (request, response) => {
  const answer = await fetch(request.body.url);
  response.json(JSON.parse(Buffer.from(await answer.arrayBuffer()).toString())); // ok: a document
});

app.post("/failing", async (request, response) => {
  const answer = await fetch(request.body.url);
  if (!answer.ok) {
    const reason = await answer.arrayBuffer(); // ok: what says of a failure; mutate: s/!answer.ok/answer.body/
    response.send(reason);
  }
  response.sendStatus(204);
});

app.post("/upload", async (request, response) => {
  const file = request.file;
  const content = fs.readFileSync(file.path); // finding: STOR-PERF-002
  response.send({ size: content.length });
});

app.post("/publish", async (request, response) => {
  const content = await fs.promises.readFile("/tmp/video.mp4"); // finding: STOR-PERF-002
  await bucket.file("video").save(content);
  response.sendStatus(201);
});

app.post("/archive", async (request, response) => {
  await s3.send(new PutObjectCommand({ Bucket: "shop", Key: "archive", Body: fs.readFileSync("/tmp/archive.zip") })); // finding: STOR-PERF-002
  // finding: STOR-PERF-002
  const second = await fs.promises.readFile(`/tmp/${request.params.name}`);
  await s3.send(new PutObjectCommand({ Bucket: "shop", Key: "second", Body: second }));
  response.sendStatus(201);
});

app.get("/terms", async (request, response) => {
  const content = fs.readFileSync("terms.html"); // ok: a file of its own
  response.send(content);
});
