const express = require("express");
const formidable = require("formidable");

const app = express();

app.post("/films", (request, response) => {
  // finding: STOR-PERF-003 confidence: medium
  const form = new formidable.IncomingForm();
  form.parse(request, (error, fields, files) => {
    const store = require("./stores/" + process.env.STORE);
    store.keep(files.film.filepath, () => response.end("kept"));
  });
});

app.post("/sounds", (request, response) => {
  // ok: none of those keeps it in a store; mutate: s|store.count(|store.keep(|
  const form = new formidable.IncomingForm();
  form.parse(request, (error, fields, files) => {
    const store = require("./stores/" + process.env.STORE);
    store.count(files.sound.filepath, () => response.end("counted"));
  });
});
