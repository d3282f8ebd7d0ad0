const express = require("express");
const fs = require("fs");
const extra = require("fs-extra");
const path = require("path");
const yaml = require("js-yaml");

const app = express();
let style;

// What it reads is the answer.
app.get("/bundle.js", (request, response) => {
  const bundle = fs.readFileSync(path.join(__dirname, "bundle.js"), "utf8"); // finding: CONC-001 confidence: medium
  response.set("Content-Type", "text/javascript").send(bundle);
});

// Kept for the next one.
app.get("/style.css", (request, response) => {
  if (!style) {
    style = fs.readFileSync(path.join(__dirname, "style.css"), "utf8"); // finding: CONC-001 confidence: low
  }
  response.send(style);
});

// A document that is gone through on each request.
const contract = () => {
  const text = fs.readFileSync(path.join(__dirname, "contract.yaml"), "utf8"); // finding: CONC-001 confidence: medium
  return yaml.load(text);
};

app.get("/contract", (request, response) => response.json(contract()));

// As long as the file that somebody sent.
class Store {
  content(name) {
    return extra.readFileSync(path.resolve("/uploads", name)); // finding: CONC-001 confidence: medium
  }

  title(name) {
    return fs.readFileSync(path.join(__dirname, "title.txt"), "utf8") + name; // finding: CONC-001 confidence: low
  }
}

app.post("/files", (request, response) => {
  const store = new Store();
  response.json({ size: store.content(request.body.name).length, title: store.title(request.body.name) });
});

const greeting = fs.readFileSync(path.join(__dirname, "greeting.txt"), "utf8"); // ok: read once, while it starts
app.get("/", (request, response) => response.send(greeting));
