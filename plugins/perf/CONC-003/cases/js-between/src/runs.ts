import { DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ECSClient, ListTasksCommand, paginateListServices } from "@aws-sdk/client-ecs";
import { CloudWatchLogsClient, DeleteMetricFilterCommand, DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, DeleteRuleCommand, RemoveTargetsCommand } from "@aws-sdk/client-eventbridge";
import { LambdaClient, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import express from "express";

const app = express();
const store = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const logs = new CloudWatchLogsClient({});
const rules = new EventBridgeClient({});
const lambda = new LambdaClient({});
const COUNTERS = ["calls", "faults", "users", "time"];

function since(params: any, from?: string) {
  if (from) {
    params.ExpressionAttributeValues[":from"] = from;
  }
}

function validateLimit(params: any) {
  if (params.Limit > 100) {
    throw new Error("too many");
  }
}

app.get("/runs/:id", async (request, response) => {
  const total = await store.send(new QueryCommand({ TableName: "runs", Select: "COUNT" }));
  const params: any = { TableName: "runs", Limit: Number(request.query.limit), ExpressionAttributeValues: {} };
  // Only works in memory.
  since(params, request.query.from as string);
  const page = await store.send(new QueryCommand(params)); // finding: CONC-003
  response.json({ total: total.Count, items: page.Items });
});

app.get("/checked/:id", async (request, response) => {
  const total = await store.send(new QueryCommand({ TableName: "runs", Select: "COUNT" }));
  const params: any = { TableName: "runs", Limit: Number(request.query.limit) };
  validateLimit(params);
  const page = await store.send(new QueryCommand(params)); // ok: what is checked first may end the request; mutate: s/  validateLimit(params);//
  response.json({ total: total.Count, items: page.Items });
});

const journal = {
  debug(text: string) {
    process.stdout.write(text);
  },
};

app.get("/told/:id", async (request, response) => {
  const total = await store.send(new QueryCommand({ TableName: "runs", Select: "COUNT" }));
  journal.debug(`counted ${total.Count}`);
  const page = await store.send(new QueryCommand({ TableName: "runs" })); // finding: CONC-003
  response.json({ total: total.Count, items: page.Items });
});

app.get("/counted/:id", async (request, response) => {
  const total = await store.send(new QueryCommand({ TableName: "runs", Select: "COUNT" }));
  const params: any = { TableName: "runs", ExpressionAttributeValues: {} };
  since(params, String(total.Count));
  const page = await store.send(new QueryCommand(params)); // ok: what is counted is handed on; mutate: s/since(params, String(total.Count))/since(params, "a")/
  response.json({ total: total.Count, items: page.Items });
});

// The pages of one region come one after the other, the regions need not.
app.get("/tasks", async (request, response) => {
  const all: any[] = [];
  for (const region of request.body.regions) {
    const client = new ECSClient({ region: region.name });
    const params: any = { cluster: region.cluster };
    const found: string[] = [];
    do {
      const data = await client.send(new ListTasksCommand(params)); // finding: CONC-003
      found.push(...(data.taskArns ?? []));
      params.nextToken = data.nextToken;
    } while (params.nextToken);
    all.push({ region: region.name, found });
  }
  response.json(all);
});

async function listServices(client: ECSClient, cluster: string) {
  const names: string[] = [];
  for await (const page of paginateListServices({ client }, { cluster })) {
    names.push(...(page.serviceArns ?? []));
  }
  return names;
}

app.get("/services", async (request, response) => {
  let many: string[] = [];
  for (const region of request.body.regions) {
    const client = new ECSClient({ region: region.name });
    const names = await listServices(client, region.cluster); // finding: CONC-003
    // What is asked of the answer leads to no other question.
    if (names.length > 9) {
      many = many.concat(names);
    }
  }
  response.json(many);
});

app.get("/pages", async (request, response) => {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const data = await new ECSClient({}).send(new ListTasksCommand({ nextToken })); // ok: pages of one list
    found.push(...(data.taskArns ?? []));
    nextToken = data.nextToken;
  } while (nextToken);
  response.json(found);
});

app.delete("/figures/:id", async (request, response) => {
  for (const counter of COUNTERS) {
    await logs.send(new DeleteMetricFilterCommand({ filterName: counter, logGroupName: request.params.id })); // ok: a few things that are written down; mutate: s/const COUNTERS = ["calls", "faults", "users", "time"]/const COUNTERS = (process.env.COUNTERS ?? "").split(",")/
  }
  response.end();
});

app.get("/figures/:id", async (request, response) => {
  const all: any[] = [];
  for (const counter of COUNTERS) {
    all.push(await logs.send(new DescribeMetricFiltersCommand({ filterNamePrefix: counter }))); // finding: CONC-003
  }
  response.json(all);
});

app.delete("/rules", async (request, response) => {
  for (const rule of request.body.rules) {
    await rules.send(new RemoveTargetsCommand({ Rule: rule.name, Ids: [rule.name] }));
    await lambda.send(new RemovePermissionCommand({ FunctionName: "a", StatementId: rule.name })); // finding: CONC-003 confidence: low
    await rules.send(new DeleteRuleCommand({ Name: rule.name }));
  }
  response.end();
});
