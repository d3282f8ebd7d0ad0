const express = require("express");

const part = express(); // ok: the application that it is mounted into answers for it; mutate: services/desk/src/server.js s/root.use("\/parts", part)/root.use(express.json())/

part.get("/", (request, response) => response.json([]));

module.exports = { part };
