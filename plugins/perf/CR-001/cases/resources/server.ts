import express from "express";

const app = express();
setInterval(() => refresh(), 60_000);
app.listen(8080);
