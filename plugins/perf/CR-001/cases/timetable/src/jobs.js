const cron = require("node-cron");

function scheduleJobs() {
  setInterval(() => clean(), 60000);
  cron.schedule("0 * * * *", () => send());
}

module.exports = { scheduleJobs };
