import express from "express";
import mongoose from "mongoose";
import { PrismaClient } from "@prisma/client";
import { DataTypes, Sequelize } from "sequelize";
import { DataSource } from "typeorm";

import { Parcel } from "./parcel";

const app = express();
const prisma = new PrismaClient();
const sequelize = new Sequelize(process.env.DATABASE_URL);
const Draft = sequelize.define("Draft", { pageId: DataTypes.INTEGER });
const Reading = mongoose.model("Reading", new mongoose.Schema({ sensor: String, at: Date }));
const source = new DataSource({ type: "postgres" });

app.post("/pages/:id", async (req, res) => {
  const drafts = await Draft.findAll({ where: { pageId: req.params.id }, order: [["createdAt", "DESC"]] }); // finding: DB-PERF-011
  if (drafts.length > 0) {
    await compare(drafts[0], req.body);
  }
  res.sendStatus(204);
});

app.post("/pages/:id/later", (req, res) => {
  // finding: DB-PERF-011
  Draft.findAll({ where: { pageId: req.params.id }, order: [["createdAt", "DESC"]] }).then((drafts) => {
    compare(drafts[0], req.body);
    res.sendStatus(204);
  });
});

app.post("/pages/:id/all", async (req, res) => {
  // ok: the others are taken as well; mutate: s/await drop(drafts);//
  const drafts = await Draft.findAll({ where: { pageId: req.params.id }, order: [["createdAt", "DESC"]] });
  await compare(drafts[0], req.body);
  await drop(drafts);
  res.sendStatus(204);
});

app.get("/sensors/:name", async (req, res) => {
  const readings = await Reading.find({ sensor: req.params.name }).sort({ at: -1 }); // finding: DB-PERF-011
  res.json(readings[0]);
});

app.get("/sensors/:name/one", async (req, res) => {
  const readings = await Reading.find({ sensor: req.params.name }).sort({ at: -1 }).limit(1); // ok: one; mutate: s/.limit(1)//
  res.json(readings[0]);
});

app.get("/sensors/:name/any", async (req, res) => {
  const readings = await prisma.page.findMany({ where: { sensorId: req.params.name } }); // ok: in no order, so that there may be one
  res.json(readings[0]);
});

app.get("/parcels/:customer", async (req, res) => {
  // finding: DB-PERF-011 confidence: medium
  const parcel = await source
    .getRepository(Parcel)
    .createQueryBuilder("parcel")
    .where("parcel.customerId = :id", { id: req.params.customer })
    .orderBy("parcel.sentAt", "DESC")
    .getOne();
  res.json(parcel);
});

app.get("/parcels/:customer/one", async (req, res) => {
  // ok: limited to one; mutate: s/.take(1)//
  const parcel = await source
    .getRepository(Parcel)
    .createQueryBuilder("parcel")
    .where("parcel.customerId = :id", { id: req.params.customer })
    .orderBy("parcel.sentAt", "DESC")
    .take(1)
    .getOne();
  res.json(parcel);
});

app.get("/parcel/:id", async (req, res) => {
  // ok: by its key, in no order
  const parcel = await source.getRepository(Parcel).createQueryBuilder("parcel").where("parcel.id = :id", { id: req.params.id }).getOne();
  res.json(parcel);
});

async function compare(draft, text) {
  process.send({ draft, text });
}

async function drop(drafts) {
  process.send({ drafts });
}

app.listen(8080);
