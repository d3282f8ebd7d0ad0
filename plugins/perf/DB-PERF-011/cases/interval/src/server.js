const express = require("express");
const sweeper = require("./sweeper");

const app = express();
sweeper.start();
sweeper.warm();
app.listen(8080);
