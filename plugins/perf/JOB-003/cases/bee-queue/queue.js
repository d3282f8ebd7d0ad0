const Queue = require("bee-queue");

const queue = new Queue("orders");

async function ship(number) {
  await queue.createJob({ number }).retries(3).save(); // finding: JOB-003 confidence: high
  await queue.createJob({ number }).backoff("exponential", 1000).retries(3).save(); // ok: waits; mutate: s/.backoff("exponential", 1000)//
}

async function charge(number) {
  const job = queue.createJob({ number });
  job.retries(5); // ok: waits, by the next line
  job.backoff("fixed", 5000);
  return job.save();
}

module.exports = { ship, charge };
