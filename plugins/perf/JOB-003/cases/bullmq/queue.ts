import { Queue } from "bullmq";

const queue = new Queue("mail");

export async function send(order: object) {
  await queue.add("charge", order, { attempts: 5 }); // finding: JOB-003 confidence: high
  await queue.add("mail", order, { attempts: 5, backoff: { type: "exponential", delay: 1000 } }); // ok: pauses grow; mutate: s/, backoff: { type: "exponential", delay: 1000 }//
  await queue.add("once", order, { attempts: 1 }); // ok: not tried again on purpose; mutate: s/attempts: 1 /attempts: 3 /
}
