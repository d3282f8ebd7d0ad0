import { BullModule } from "@nestjs/bullmq";

export const imports = [
  BullModule.forRoot({ defaultJobOptions: { attempts: 3, backoff: { type: "exponential", delay: 20000 } } }),
  BullModule.registerQueue({ name: "mail" }),
  BullModule.registerQueue({
    name: "search",
    // These replace the options of the module, and its pause with them.
    defaultJobOptions: { attempts: 2, removeOnComplete: true }, // finding: JOB-003 confidence: high
  }),
];
