import { BullModule } from "@nestjs/bullmq";

export const imports = [
  BullModule.registerQueue({
    name: "mail",
    defaultJobOptions: { attempts: 3 }, // finding: JOB-003 confidence: high
  }),
];
