const bundle = require("express-prom-bundle");
const express = require("express");

const app = express();
app.use(bundle({ includeMethod: true }));
