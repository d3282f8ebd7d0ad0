const express = require("express");
const jwt = require("jsonwebtoken"); // ok: no page imports it

function createApp() {
  const app = express();
  app.post("/login", (req, res) => res.json(jwt.sign({ user: 1 }, "key")));
  return app;
}

createApp().listen(3000);
