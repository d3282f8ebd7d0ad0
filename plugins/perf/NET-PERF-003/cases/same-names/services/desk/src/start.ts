import express from "express";

import lists from "./lists";

const app = express(); // finding: NET-PERF-003

app.use("/lists", lists);
app.listen(8083);
