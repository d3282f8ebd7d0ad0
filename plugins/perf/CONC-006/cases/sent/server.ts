import axios from "axios";
import express from "express";

const app = express();

app.post("/orders", async (req, res) => {
  const { ids } = req.body;
  await Promise.all(ids.map((id) => axios.get(`https://orders/${id}`))); // finding: CONC-006 confidence: medium
  res.end();
});
