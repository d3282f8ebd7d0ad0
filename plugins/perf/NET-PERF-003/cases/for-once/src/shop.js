const express = require("express");

exports.start = () => {
  const app = express(); // finding: NET-PERF-003
  app.get("/orders", (request, response) => response.json([]));
  const server = app.listen(8080);
  process.on("SIGTERM", () => server.close());
};
