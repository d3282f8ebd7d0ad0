import axios from "axios";
import express from "express";

axios.defaults.timeout = 5000;

const app = express();

function load(path: string, config = {}) {
  return axios.get(path, { ...config });
}

app.get("/all", async (req, res) => {
  res.json((await load("https://orders.example", { headers: {} })).data); // ok: a limit for all calls; mutate: s/axios.defaults.timeout = 5000;//
});
