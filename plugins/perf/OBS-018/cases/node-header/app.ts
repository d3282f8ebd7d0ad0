import express from "express";

const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
app.use((request, response, next) => { response.set("Server-Timing", "app;dur=1"); next(); });
