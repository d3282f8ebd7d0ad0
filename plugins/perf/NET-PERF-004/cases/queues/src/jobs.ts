import { Process } from "@nestjs/bull";
import { Processor, WorkerHost } from "@nestjs/bullmq";
import axios from "axios";
import { CronJob } from "cron";
import schedule from "node-schedule";

@Processor("mail")
export class Mail extends WorkerHost {
  async process() {
    await axios.get("https://keys.example/mail"); // finding: NET-PERF-004 confidence: high
  }
}

export class Other {
  @Process("other")
  async run() {
    await axios.get("https://keys.example/other"); // finding: NET-PERF-004 confidence: high
  }
}

async function hourly() {
  await axios.get("https://keys.example/hourly"); // finding: NET-PERF-004 confidence: high
}

async function daily() {
  await axios.get("https://keys.example/daily"); // finding: NET-PERF-004 confidence: high
}

schedule.scheduleJob("0 * * * *", hourly);
new CronJob("0 0 * * *", daily);
