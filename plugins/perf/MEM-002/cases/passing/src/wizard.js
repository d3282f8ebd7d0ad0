const express = require("express");
const mysql = require("mysql2/promise");

exports.setup = function () {
  return new Promise((resolve) => {
    const app = express();
    let server;
    app.post("/setup", async (request, response) => {
      const connection = await mysql.createConnection(request.body); // finding: MEM-002 confidence: low
      await connection.query("SELECT 1");
      await connection.end();
      response.end();
      server.close(() => resolve());
    });
    server = app.listen(8080);
  });
};

exports.check = function () {
  const app = express();
  const server = app.listen(8080);
  app.post("/check", async (request, response) => {
    const connection = await mysql.createConnection(request.body); // finding: MEM-002 confidence: medium
    await connection.query("SELECT 1");
    await connection.end();
    response.end();
  });
  process.on("SIGTERM", () => server.close());
};
