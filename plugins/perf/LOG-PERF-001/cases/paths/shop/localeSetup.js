const pino = require("pino");

module.exports = pino({ level: "debug" }); // finding: LOG-PERF-001
