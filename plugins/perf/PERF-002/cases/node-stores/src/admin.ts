import express from "express";
import { createClient } from "redis";
import { DataSource } from "typeorm";

const app = express();
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL });
const cache = createClient({ url: process.env.REDIS_URL });

async function start() {
  await source.initialize(); // finding: PERF-002
  await cache.connect(); // finding: PERF-002
  app.listen(3001);
}

start();
