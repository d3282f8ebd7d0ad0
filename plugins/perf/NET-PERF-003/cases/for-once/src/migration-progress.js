const express = require("express");

exports.start = () => {
  const app = express(); // finding: NET-PERF-003 confidence: low
  app.get("/", (request, response) => response.send("The data is being migrated"));
  return app.listen(8080);
};
