const { createLogger } = require("winston");

// until the settings are read
const logger = createLogger({
  level: "debug", // ok: the settings decide it; mutate: settings.js s/logger.level = settings.level/settings.seen = true/
});

module.exports = logger;
