const express = require("express");

exports.token = () =>
  new Promise((resolve) => {
    const app = express(); // ok: its first answer closes it; mutate: s/server.close()/server.unref()/
    const server = app.listen(8085);
    app.get("/page", (request, response) => response.sendFile("login.html"));
    app.get("/login", (request, response) => {
      response.send("You may close this window");
      server.close();
      resolve(request.query.token);
    });
  });
