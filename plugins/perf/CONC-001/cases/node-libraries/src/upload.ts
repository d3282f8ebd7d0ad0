import { pbkdf2Sync } from "crypto";
import { Router } from "express";
import { writeFileSync } from "fs";

export const router = Router();

router.post("/avatars", (req, res) => {
  writeFileSync(`/srv/avatars/${req.query.user}`, req.body); // finding: CONC-001
  res.sendStatus(204);
});

router.post("/passwords", (req, res) => {
  const hash = pbkdf2Sync(req.body.password, "salt", 600000, 64, "sha512"); // finding: CONC-001
  res.json({ hash: hash.toString("hex") });
});
