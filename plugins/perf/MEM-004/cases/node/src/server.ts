import express from "express";
import NodeCache from "node-cache";

import { limit } from "./limits";

const entries = new NodeCache(); // finding: MEM-004 confidence: low
const timed = new NodeCache({ stdTTL: 60 }); // ok: entries expire; mutate: s/{ stdTTL: 60 }//

const app = express();
app.get("/limit", limit);
app.get("/entries/:id", (request, response) => {
  entries.set(request.params.id, 1);
  timed.set(request.params.id, 1);
  response.json({});
});
app.listen(8080);
