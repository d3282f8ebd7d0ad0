const express = require("express");
const { part } = require("./parts");
const whole = require("../src/whole");

const root = express(); // finding: NET-PERF-003

root.use("/parts", part);
root.use("/whole", whole);
root.get("/all", (request, response) => response.json([]));
root.listen(8082);
