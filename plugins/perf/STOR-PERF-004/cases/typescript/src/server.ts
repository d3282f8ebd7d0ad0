import express, { static as files } from "express";
import serveStatic from "serve-static";

const app = express();

app.use(files("build")); // finding: STOR-PERF-004
app.use("/images", serveStatic("images")); // finding: STOR-PERF-004
