const express = require("express");
const pino = require("pino");

const app = express();
app.get("/orders", (request, response) => response.json([]));
pino();
