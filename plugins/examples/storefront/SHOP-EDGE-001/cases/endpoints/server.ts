import express from "express";

import { menu } from "./menu";

const router = express.Router();

// finding: SHOP-EDGE-001 confidence: high
router.get("/offers", (req, res) => {
  res.json({ offers: [] });
});

router.get("/menu", menu);

// perfctl: allow SHOP-EDGE-001 -- asked by the platform, not through the edge
router.get("/healthz", (req, res) => {
  res.send("ok");
});
