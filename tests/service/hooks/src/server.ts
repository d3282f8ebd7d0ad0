// Receives what carriers push, keeps it, and passes it on to the API.
import compression from "compression";
import express from "express";

import { config } from "./config.js";
import { deliveries } from "./deliveries.js";
import { receive } from "./receive.js";

const app = express();

app.disable("x-powered-by");
app.use(compression({ threshold: 1024 }), express.json({ limit: "256kb" }));
app.use("/badges", express.static("badges"));
app.use("/schemas", express.static("schemas", { maxAge: "1d" }));
app.use("/hooks", receive);
app.use("/deliveries", deliveries);

app.get("/healthz", (_request, response) => {
  response.json({ status: "ok" });
});

app.listen(config.port, () => {
  console.log(`hooks listen on ${config.port}`);
});
