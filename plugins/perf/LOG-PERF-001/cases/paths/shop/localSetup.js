const pino = require("pino");

module.exports = pino({ level: "debug" }); // ok: for whoever works on it
