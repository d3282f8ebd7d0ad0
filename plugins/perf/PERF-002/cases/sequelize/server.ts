import express from "express";

import init from "./models";

const app = express();

init().then(() => {
  app.listen(3000);
});
