import { PrismaClient } from "@prisma/client";
import { Worker } from "bullmq";

const prisma = new PrismaClient();

new Worker("book", async (job) => {
  await prisma.entry.create({ data: job.data }); // finding: JOB-001
});
