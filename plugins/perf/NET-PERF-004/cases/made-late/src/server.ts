import axios, { AxiosInstance } from "axios";
import express from "express";

const app = express();
let kept: AxiosInstance | null = null;

async function make() {
  const made = axios.create();
  made.defaults.timeout = 5000;
  return made;
}

async function client() {
  if (!kept) {
    kept = await make();
  }
  return kept;
}

app.get("/prices", async (req, res) => {
  const prices = await client();
  res.json((await prices.get("https://prices")).data); // ok: limited where it is made; mutate: s/  made.defaults.timeout = 5000;\n//
});
