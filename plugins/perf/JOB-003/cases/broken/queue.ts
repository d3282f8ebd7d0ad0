import { Queue } from "bullmq";

new Queue("mail").add("mail", {}, { attempts: 3 }); // finding: JOB-003 confidence: high
const half = {
