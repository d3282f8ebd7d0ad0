import { S3Client, ListObjectsV2Command } from "@aws-sdk/client-s3";
import express from "express";
import https from "https";

const router = express.Router();
const shared = new S3Client({}); // ok: made once, with the module
let late;

function lazily() {
  if (!late) {
    late = new S3Client({}); // ok: kept in the module; mutate: s/    late = new/    const late = new/
  }
  return late;
}

router.get("/files", async (req, res) => {
  const s3 = new S3Client({}); // finding: NET-PERF-002
  res.json(await s3.send(new ListObjectsV2Command({ Bucket: "shop" })));
});

router.get("/shared", async (req, res) => {
  res.json([await shared.send(new ListObjectsV2Command({ Bucket: "shop" })), lazily()]);
});

router.get("/raw", (req, res) => {
  const agent = new https.Agent({ keepAlive: true }); // finding: NET-PERF-002
  https.get("https://a.example", { agent, timeout: 1000 }, (answer) => answer.pipe(res));
});

export default router;
