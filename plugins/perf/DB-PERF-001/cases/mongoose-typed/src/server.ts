import express from "express";
import mongoose from "mongoose";
import { gardenModel } from "./model";

const Gardens = gardenModel(mongoose);
const app = express();

app.get("/gardens", async (request, response) => {
  const all = await Promise.all(
    request.query.owners.map(async (owner) => {
      const garden = await Gardens.findOne({ owner }); // finding: DB-PERF-001 confidence: high
      return garden?.id;
    }),
  );
  response.json(all);
});

app.get("/all", async (request, response) => {
  const gardens = await Gardens.find({ owner: { $in: request.query.owners } }); // ok: one query
  response.json(gardens.map((garden) => garden.id));
});
