const express = require("express");

const whole = express(); // ok: the same where the module is the application; mutate: services/desk/src/server.js s/root.use("\/whole", whole)/root.use(express.json())/

whole.get("/", (request, response) => response.json([]));

module.exports = whole;
