const app = require("express")();
const models = require("./models");

function begin() {
  app.listen(8080, () => console.log("there"));
}

// finding: PERF-002 confidence: medium
models.sequelize.sync().then(function () {
  begin();
});
