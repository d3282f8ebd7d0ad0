import { FlowProducer, JobsOptions, Queue } from "bullmq";
import { db } from "./db";

const queue = new Queue("mail");
const hurried = { attempts: 4 }; // finding: JOB-003 confidence: high
const other: JobsOptions = { attempts: 4 }; // finding: JOB-003

export async function lock(user: { id: number }) {
  await db.user.update({ where: { id: user.id }, data: { attempts: 3, locked: true } }); // ok: a column of a table; mutate: s/db.user.update({ where: { id: user.id }, data: { attempts: 3, locked: true } })/queue.add("lock", user, { attempts: 3 })/
  await queue.add("lock", { attempts: 3 }, { removeOnComplete: true }); // ok: what the job is about; mutate: s/{ attempts: 3 }, { removeOnComplete: true }/{}, { attempts: 3 }/
  await queue.add("mail", user, hurried);
  await queue.addBulk([{ name: "mail", data: { attempts: 3 }, opts: { removeOnFail: true } }]); // ok: data as well; mutate: s/opts: { removeOnFail: true }/opts: { attempts: 3 }/
  await queue.addBulk([{ name: "mail", data: user, opts: { attempts: 6 } }]); // finding: JOB-003
  new Set([1]).add({ attempts: 3 } as never); // ok: no queue
}
