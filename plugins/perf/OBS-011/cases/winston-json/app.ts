import winston from "winston";
import express from "express";

const app = express();
app.get("/orders", (request, response) => response.json([]));
app.listen(3000);
export const log = winston.createLogger({ format: winston.format.json() });
