const mongoose = require("mongoose");
const app = require("express")();

// finding: PERF-002 confidence: medium
mongoose.connect(process.env.MONGO_URL).then(() => app.listen(8081));
