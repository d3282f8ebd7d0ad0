import axios from "axios";
import express from "express";

const router = express.Router();

router.get("/stock", async (req, res) => {
  const stock = await axios.get("https://stock.shop/all"); // ok: the default of all calls; mutate: services/set/src/setup.js s/= 5000/= 0/
  res.json(stock.data);
});

export default router;
