import express from "express";

import { sequelize } from "./database";

const app = express();
app.get("/ready", async (_request, response) => {
  await sequelize.authenticate(); // ok: asked while it serves
  response.send("ok");
});
app.listen(3002);
sequelize.authenticate().then(() => console.log("there")); // ok: in the background; mutate: s/console.log("there")/app.listen(3003)/
