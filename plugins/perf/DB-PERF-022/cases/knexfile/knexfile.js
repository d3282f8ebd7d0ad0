const config = require("config");

module.exports = {
  client: "pg", // finding: DB-PERF-022 confidence: high
  connection: {
    host: config.get("db.host"),
    user: config.get("db.user"),
    database: config.get("db.name"),
  },
};
