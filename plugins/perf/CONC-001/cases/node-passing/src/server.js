const express = require("express");
const { setup } = require("./wizard");
const { save, store } = require("./settings");

const isDev = process.env.NODE_ENV === "development";
const app = express();

async function start() {
  await setup();
  if (isDev) {
    app.post("/reset", (request, response) => {
      save({});
      response.end();
    });
    app.post("/store", (request, response) => response.json(store({})));
  }
  app.post("/settings", (request, response) => response.json(store(request.body)));
  const server = app.listen(8080);
  process.on("SIGTERM", () => server.close());
}

start();
