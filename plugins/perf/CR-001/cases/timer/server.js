const cron = require("node-cron");
const express = require("express");

const app = express();
cron.schedule("0 * * * *", () => clean());
app.listen(8080);
