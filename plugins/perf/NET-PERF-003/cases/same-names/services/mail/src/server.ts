import express from "express";

import { app } from "./app";

const root = express(); // finding: NET-PERF-003

root.use(app);
root.listen(8081);
