const express = require("express");
const upload = require("express-fileupload");
const { S3 } = require("@aws-sdk/client-s3");

const app = express();
const s3 = new S3({});
app.use(upload({ limits: { fileSize: 50 * 1024 * 1024 } }));

// finding: STOR-PERF-003
app.post("/documents", async (req, res) => {
  const document = req.files.document;
  await s3.putObject({ Bucket: "shop", Key: document.name, Body: document.data });
  res.sendStatus(204);
});

// ok: only counted; mutate: s/res.json({ bytes: req.files.document.size })/res.json(await s3.putObject({ Bucket: "shop", Body: req.files.document.data }))/
app.post("/sizes", async (req, res) => {
  res.json({ bytes: req.files.document.size });
});

app.listen(80);
