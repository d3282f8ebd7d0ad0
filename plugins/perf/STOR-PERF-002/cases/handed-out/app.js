const express = require("express");
const AWS = require("aws-sdk");

const s3 = new AWS.S3();
const app = express();

// The same name in two branches.
app.get("/plans/:id", async (req, res) => {
  if (req.query.marked) {
    const response = await fetch(`${process.env.MARKER}/${req.params.id}`);
    const bytes = await response.arrayBuffer(); // finding: STOR-PERF-002
    res.setHeader("Content-Type", "application/pdf");
    return res.send(Buffer.from(bytes));
  }
  const response = await fetch(`${process.env.FILES}/${req.params.id}`);
  const whole = await response.blob(); // finding: STOR-PERF-002
  res.send(whole);
});

app.get("/objects/:key", async (req, res) => {
  const object = await s3.getObject({ Bucket: "shop", Key: req.params.key }).promise(); // finding: STOR-PERF-002
  res.send(object.Body);
});

app.get("/settings/:key", async (req, res) => {
  // ok: a document has to be whole; mutate: s/JSON.parse(settings.Body.toString())/settings.Body/
  const settings = await s3.getObject({ Bucket: "shop", Key: req.params.key }).promise();
  res.send(JSON.parse(settings.Body.toString()));
});

app.listen(8080);
