const { Worker } = require("bullmq");
const people = require("./people");

new Worker("people", async (job) => {
  return Promise.all(job.data.entries.map((entry) => people.named(entry))); // finding: DB-PERF-001 confidence: low -- nobody waits
});
