const app = require("express")();

app.get("/orders", (request, response) => response.status(503).set("Retry-After", "30").end());
app.post("/login", (request, response) => {
  response.status(429).end(); // finding: SVC-003 confidence: medium
});
