import express from "express";

const app = express();

app.use((_request, response, next) => {
  response.header("Cache-Control", "no-store");
  next();
});

app.use(express.static("dist")); // finding: STOR-PERF-004
app.use("/images", express.static("images", { maxAge: "7d" })); // ok: a time of their own; mutate: s/{ maxAge: "7d" }/{}/
app.listen(3000);
