import pino from "pino";
import winston from "winston";

export const log = winston.createLogger({ level: "debug" }); // finding: LOG-PERF-001

export const orders = pino({ level: process.env.LOG_LEVEL || "debug" }); // finding: LOG-PERF-001

export const stock = pino({ level: process.env.LOG_LEVEL || "info" }); // ok: INFO unless somebody says otherwise; mutate: s/"info"/"debug"/

// ok: in development only; mutate: s/process.env.NODE_ENV === "production" ? "info" : "debug"/"debug"/
export const cart = pino({ level: process.env.NODE_ENV === "production" ? "info" : "debug" });

export enum Levels {
  Debug = "debug", // ok: a member of an enumeration
}
