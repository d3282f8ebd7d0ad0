import { DeleteObjectCommand, DeleteObjectsCommand, S3Client } from "@aws-sdk/client-s3";
import AWS from "aws-sdk";
import express from "express";

const app = express();
const s3 = new S3Client({});
const old = new AWS.S3();

async function drop(key: string) {
  await s3.send(new DeleteObjectCommand({ Bucket: "orders", Key: key }));
}

app.delete("/files", async (req, res) => {
  for (const key of req.body.keys) {
    await s3.send(new DeleteObjectCommand({ Bucket: "orders", Key: key })); // finding: STOR-PERF-005
  }
  for (const key of req.body.keys) {
    await old.deleteObject({ Bucket: "orders", Key: key }).promise(); // finding: STOR-PERF-005
  }
  await Promise.all(req.body.keys.map((key) => drop(key))); // finding: STOR-PERF-005
  res.sendStatus(204);
});

app.delete("/at-once", async (req, res) => {
  await s3.send(new DeleteObjectsCommand({ Bucket: "orders", Delete: { Objects: req.body.keys.map((key) => ({ Key: key })) } })); // ok: one request
  res.sendStatus(204);
});
