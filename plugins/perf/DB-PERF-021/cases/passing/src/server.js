const express = require("express");
const { create, total } = require("./database");

const isDev = process.env.NODE_ENV === "development";
const options = { host: "db" };
const app = express();

async function start() {
  await create(options);
  app.get("/total", async (request, response) => response.json(await total(options)));
  if (isDev)
    app.post("/reset", async (request, response) => {
      await create(options);
      response.end();
    });
  app.listen(8080);
}

start();
