const mongoose = require("mongoose");

mongoose.connect(process.env.MONGO_URL, { useNewUrlParser: true }); // finding: DB-PERF-012 confidence: low
