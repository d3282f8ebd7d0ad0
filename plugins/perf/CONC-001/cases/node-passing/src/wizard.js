const express = require("express");
const { save } = require("./settings");

// A page that asks for the settings once, and makes way for the service.
exports.setup = function () {
  return new Promise((resolve) => {
    const app = express();
    let server;
    app.post("/setup", (request, response) => {
      save(request.body);
      response.json({ ok: true });
      server.close();
      resolve();
    });
    server = app.listen(8080);
  });
};
