import express from "express";
import { getRepository } from "typeorm";
import { Customer, Watch } from "./entities";

const app = express();

app.get("/customers/:name", async (request, response) => {
  const customers = getRepository(Customer);
  const customer = await customers.findOne({ email: request.params.name });
  const invited = await customers.findOne({ token: request.params.name });
  const named = await customers.findOne({ select: ["slug"] });
  const watched = await getRepository(Watch).findOne({ watcherId: customer.id });
  response.json([customer, invited, named, watched]);
});
