const express = require("express");
const config = require("./config");

const app = express();

app.post("/pictures", (request, response) => {
  const store = require("./stores/" + config.store);
  store.save(request.body.path, (error, url) => response.json({ url }));
});
