import Ajv from "ajv";
import express from "express";
import Validator from "fastest-validator";

const app = express();
const ajv = new Ajv();
const schema = { type: "object", required: ["total"] };
const validate = ajv.compile(schema);

app.post("/orders", (req, res) => {
  const check = new Ajv().compile(schema); // finding: JSON-003
  res.json(check(req.body));
});

app.post("/kept", (req, res) => {
  res.json(validate(req.body)); // ok: made once; mutate: s/validate(req.body)/new Ajv().compile(schema)(req.body)/
});

app.post("/fast", (req, res) => {
  const check = new Validator().compile(schema); // finding: JSON-003
  res.json(check(req.body));
});

const compiled: Record<string, any> = {};

app.post("/versions", (req, res) => {
  if (!compiled[req.body.version]) {
    compiled[req.body.version] = new Ajv().compile(req.body.schema); // ok: kept
  }
  res.json(compiled[req.body.version](req.body));
});
