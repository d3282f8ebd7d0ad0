import axios from "axios";
import express from "express";
import { PrismaClient } from "@prisma/client";
import { LambdaClient, InvokeCommand } from "@aws-sdk/client-lambda";

const app = express();
const prisma = new PrismaClient();
const lambda = new LambdaClient({});

async function sendMetric(type: string, count = 1) {
  await axios.post("https://figures.example", { type, count });
}

async function deleteMetricFilters(name: string) {
  await axios.delete(`https://figures.example/${name}`);
}

const listOrders = async () => prisma.order.findMany({ take: 20 });

app.get("/orders", async (request, response) => {
  response.json(await orders("GET"));
});

// The figures are sent before the work begins that somebody waits for.
export async function orders(method: string) {
  switch (method) {
    case "GET":
      try {
        await sendMetric("list"); // finding: CONC-003
      } catch (error) {
        console.error("no figures", error);
      }
      return listOrders();
    case "PUT": {
      const list = await listOrders();
      await sendMetric("counted", list.length); // ok: nothing waits behind it; mutate: s/return list;/return listOrders();/
      return list;
    }
    default:
      throw new Error(method);
  }
}

app.post("/regions", async (request, response) => {
  await sendMetric("regions"); // finding: CONC-003
  const names: string[] = request.body.names;
  for (const name of names) {
    await lambda.send(new InvokeCommand({ FunctionName: name, InvocationType: "Event" })); // finding: CONC-003
  }
  response.end();
});

app.delete("/figures/:name", async (request, response) => {
  await deleteMetricFilters(request.params.name); // ok: this is the work
  await axios.delete(`https://orders.example/${request.params.name}`);
  response.end();
});

app.get("/checked", async (request, response) => {
  await sendMetric("checked"); // ok: what follows may end the request; mutate: s/  if (!request.query.id) {\n    return response.status(400).end();\n  }\n//
  if (!request.query.id) {
    return response.status(400).end();
  }
  response.json(await listOrders());
});

app.get("/failed", async (request, response) => {
  try {
    response.json(await listOrders());
  } catch (error) {
    await sendMetric("failed"); // ok: seldom
    await axios.post("https://alarm.example", { error });
    response.status(500).end();
  }
});
