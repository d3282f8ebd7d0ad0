const express = require("express");
const mongoose = require("mongoose");

const app = express();
mongoose.connect(process.env.MONGO_URL).then(() => app.listen(3002)); // finding: PERF-002
mongoose.connect(process.env.OTHER_URL).then(() => console.log("there")); // ok: in the background; mutate: s/console.log("there")/app.listen(3003)/
