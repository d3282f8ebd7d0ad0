import express from "express";

const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
setInterval(() => process.memoryUsage().rss > 4e8 && console.warn("grown"), 60000);
