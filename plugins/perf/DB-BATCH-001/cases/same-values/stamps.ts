import { Schema, model } from "mongoose";
import * as express from "express";

const Stamp = model("Stamp", new Schema({ state: String }));
const app = express();

async function close(id: string, by: string) {
  await Stamp.updateOne({ _id: id }, { $set: { state: "closed", by } });
}

app.post("/close", async (request, response) => {
  for (const id of request.body.ids) {
    await close(id, request.body.by); // finding: DB-BATCH-001
  }
  response.end();
});

app.listen(3000);
