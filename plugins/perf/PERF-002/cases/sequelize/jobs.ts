import express from "express";
import { DataSource } from "typeorm";

const source = new DataSource({ type: "postgres" });
const app = express();

async function start() {
  await source.initialize(); // finding: PERF-002
  app.listen(3001);
}

start();
