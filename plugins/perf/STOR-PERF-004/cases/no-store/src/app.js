const express = require("express");

const app = express();
app.use((_, response, next) => {
  response.header("Cache-Control", "no-store");
  next();
});
app.use(express.static("dist")); // finding: STOR-PERF-004
app.listen(3000);
