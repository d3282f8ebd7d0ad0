const express = require("express");
const next = require("next");
const orders = require("./orders");

const pages = next({});
// finding: NET-PERF-003 confidence: medium
const server = express();
server.use("/api/orders", orders);
server.get("*", (request, response) => pages.getRequestHandler()(request, response));
server.listen(8080);
