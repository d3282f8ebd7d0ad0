import express from "express";
import log4js from "log4js";
import { DataSource } from "typeorm";

const logger = log4js.getLogger();
logger.level = "debug"; // finding: LOG-PERF-001

const audit = log4js.getLogger("audit");
audit.level = "debug"; // ok: nothing says what this is

const quietLogger = log4js.getLogger("quiet");
quietLogger.level = "info"; // ok: INFO; mutate: s/"info"/"debug"/

export const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, logging: true }); // finding: LOG-PERF-001
export const other = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, logging: ["error"] }); // ok: errors only

const app = express();
app.listen(3000);
