const app = require("./app");
const { scheduleJobs } = require("./jobs");

scheduleJobs();
app.listen(8080);
