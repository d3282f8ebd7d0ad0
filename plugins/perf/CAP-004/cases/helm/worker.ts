import { Worker } from "bullmq";

new Worker("mail", async (job) => job.data);
