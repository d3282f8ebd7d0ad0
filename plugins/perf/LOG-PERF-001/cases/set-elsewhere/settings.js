const logger = require("./logger");

const settings = require("./settings.json");
logger.level = settings.level;
