const express = require("express");
const next = require("next");

const pages = next({});
const server = express(); // ok: all is answered by Next.js, which compresses; mutate: s|server.listen|const answer = require("./answer"); server.use("/api/v1", answer); server.listen|
server.get("*", (request, response) => pages.getRequestHandler()(request, response));
server.listen(8080);
