import express from "express";
import { faker } from "@faker-js/faker";
import { PrismaClient } from "@prisma/client";

const app = express();
const prisma = new PrismaClient();

app.post("/show", async (request, response) => {
  for (const name of request.body.shops) {
    // ok: makes up what there is to see; mutate: s/import { faker } from "@faker-js\/faker";/import { faker } from ".\/names";/
    await prisma.order.findFirst({ where: { shop: name, buyer: faker.person.fullName() } });
  }
  response.end();
});

app.listen(3000);
