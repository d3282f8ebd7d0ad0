import { Queue } from "bullmq";

const jobDefaults = { removeOnComplete: true, backoff: { type: "exponential", delay: 1000 } };
const queue = new Queue("mail", { defaultJobOptions: jobDefaults });
queue.add("charge", {}, { attempts: 5 }); // ok: the queue's own pause holds, by its name; mutate: s/true, backoff: { type: "exponential", delay: 1000 } }/true }/
