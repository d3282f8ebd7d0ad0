const Queue = require("bull");

const queue = new Queue("mail");
queue.add({ order: 1 }, { attempts: 3 }); // finding: JOB-003 confidence: high
