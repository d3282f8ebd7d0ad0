const express = require("express");
const { clean } = require("./store");

const app = express();
setInterval(clean, 60000);
app.listen(8080);
