import axios from "axios";
import express from "express";

const router = express.Router();

router.get("/stock", async (req, res) => {
  const stock = await axios.get("https://stock.shop/all"); // ok: merged into the defaults; mutate: services/merged/src/setup.js s/timeout: 5000/maxRedirects: 3/
  res.json(stock.data);
});

export default router;
