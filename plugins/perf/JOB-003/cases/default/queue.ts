import { Queue } from "bullmq";

const queue = new Queue("mail", { defaultJobOptions: { backoff: { type: "exponential", delay: 1000 } } });
queue.add("charge", {}, { attempts: 5 }); // ok: the queue's own pause holds; mutate: s/JobOptions: { back/JobOption: { back/
