import express from "express";
import initDb from "./models";

const app = express();

initDb()
  .then(() => {
    app.listen(3000);
  })
  .catch(() => process.exit(1));
