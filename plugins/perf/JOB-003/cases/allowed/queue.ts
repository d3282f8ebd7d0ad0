import { Queue } from "bullmq";

new Queue("lock").add("lock", {}, { attempts: 3 }); // perfctl: allow JOB-003 -- a lost race is over at once
