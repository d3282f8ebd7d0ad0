const express = require("express");
const fs = require("fs");
const store = require("./store");

const app = express();

const streamToBuffer = (stream) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("end", () => resolve(Buffer.concat(chunks)));
  });

app.post("/letters", async (req, res) => {
  const parts = [];
  for (const id of req.body.ids) {
    const stream = await store.open(id);
    const buffer = await streamToBuffer(stream); // finding: STOR-PERF-002
    parts.push({ id, buffer });
  }
  await store.keep({ name: "letter", id: "1" });
  await store.configure("letters");
  res.json(parts.length);
});

app.get("/form", async (req, res) => {
  const stream = fs.createReadStream("/forms/letter.txt");
  res.json((await streamToBuffer(stream)).length); // ok: a file of the program's own; mutate: s|fs.createReadStream("/forms/letter.txt")|await store.open("letter")|
});

app.listen(8080);
