import fs from "fs";
import { pipeline } from "stream/promises";
import { GetObjectCommand, S3, S3Client } from "@aws-sdk/client-s3";
import express from "express";

const app = express();
const store = new S3({});
const client = new S3Client({});

app.get("/sheet", (req, res) => {
  fs.createReadStream("sheet.csv").pipe(res); // finding: MEM-002 confidence: medium
});

app.get("/book", (req, res) => {
  const stream = fs.createReadStream("book.pdf");
  stream.on("error", () => res.status(500).end());
  stream.pipe(res.type("pdf")); // finding: MEM-002
});

app.get("/stored", async (req, res) => {
  const object = await store.getObject({ Bucket: "sheets", Key: "a" });
  (object.Body as any).pipe(res); // finding: MEM-002
});

app.get("/sent", async (req, res) => {
  const object = await client.send(new GetObjectCommand({ Bucket: "sheets", Key: "a" }));
  (object.Body as any).pipe(res); // finding: MEM-002
});

app.get("/whole", async (req, res) => {
  await pipeline(fs.createReadStream("sheet.csv"), res); // ok: ends both
});

app.get("/ended", (req, res) => {
  const stream = fs.createReadStream("sheet.csv");
  res.on("close", () => stream.destroy());
  stream.pipe(res); // ok: ended with the answer; mutate: s/  res.on("close", () => stream.destroy());//
});

app.get("/copied", (req, res) => {
  fs.createReadStream("sheet.csv").pipe(fs.createWriteStream("copy.csv")); // ok: nobody goes away
  res.end();
});
