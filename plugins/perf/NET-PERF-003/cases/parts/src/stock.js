const express = require("express");

const app = express(); // ok: handed on under another name, to the application that listens; mutate: src/server.js s|router.use("/stock", stock.handlers)|stock.open()|

app.get("/", (request, response) => response.json([]));

module.exports = { handlers: app };
