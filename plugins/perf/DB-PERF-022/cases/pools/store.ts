import express from "express";
import { Sequelize } from "sequelize";
import config from "./config";

// finding: DB-PERF-022 confidence: high
const store = new Sequelize(config.get("database.url"), { dialect: "postgres", host: "db", database: "shop", pool: config.get("database.pool") });
const app = express();

app.get("/orders", async (request, response) => {
  response.json(await store.query("SELECT 1"));
});

app.listen(3000);
