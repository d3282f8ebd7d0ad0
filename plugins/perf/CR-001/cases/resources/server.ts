import { CronJob } from "cron";
import express from "express";

const app = express();
new CronJob("0 * * * *", refresh).start();
app.listen(8080);
