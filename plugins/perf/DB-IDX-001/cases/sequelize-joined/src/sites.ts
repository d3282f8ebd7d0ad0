import express from "express";
import { Repo, Site, Visit } from "./models";

const app = express();

app.get("/sites/:name", async (req, res) => {
  const { name, branch, day } = req.params as any;
  const found = await Site.findOne({ include: [{ model: Repo, where: { name } }] });
  const other = await Site.findOne({ include: [{ model: Repo, where: { branch } }], where: { slug: branch } });
  const third = await Site.findOne({ where: { id: name }, include: [{ model: Visit, where: { day } }] });
  res.json([found, other, third]);
});
