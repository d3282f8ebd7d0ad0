import axios from "axios";
import express from "express";

const router = express.Router();
axios.defaults.timeout = 0;

router.get("/stock", async (req, res) => {
  const stock = await axios.get("https://stock.shop/all"); // finding: NET-PERF-004
  res.json(stock.data);
});

export default router;
