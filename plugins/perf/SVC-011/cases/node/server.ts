import axios from "axios";
import express from "express";

const app = express();
const STOCK = process.env.STOCK;

async function item(id) {
  return axios.get(`https://stock/items/${id}`);
}

app.post("/items", async (req, res) => {
  await Promise.all(req.body.ids.map((id) => axios.get(`${STOCK}/items/${id}`))); // finding: SVC-011
  await Promise.all(req.body.ids.map((id) => fetch(`https://stock/items/${id}`))); // finding: SVC-011
  await Promise.all(req.body.ids.map((id) => item(id))); // finding: SVC-011
  await Promise.all(req.body.urls.map((url) => axios.get(url))); // ok: a host each; mutate: s/axios.get(url)/axios.get(`https:\/\/stock\/${url}`)/
  res.sendStatus(204);
});

app.listen(3000);
