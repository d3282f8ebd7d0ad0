import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";

const SETTINGS_TABLE = process.env.SETTINGS_TABLE;
const ORDERS_TABLE = process.env.ORDERS_TABLE;

async function keysOf(client: DynamoDBDocumentClient, table: string) {
  const found = await client.send(new ScanCommand({ TableName: table, ProjectionExpression: "name" })); // finding: DB-PERF-030 confidence: low
  return found.Items;
}

export const names = (client: DynamoDBDocumentClient) => keysOf(client, SETTINGS_TABLE!);

export async function one(client: DynamoDBDocumentClient, name: string) {
  // finding: DB-PERF-030 confidence: high
  const found = await client.send(new ScanCommand({ TableName: SETTINGS_TABLE, ProjectionExpression: "name", FilterExpression: "name = :name", ExpressionAttributeValues: { ":name": name } }));
  return found.Items;
}

export async function orders(client: DynamoDBDocumentClient) {
  const found = await client.send(new ScanCommand({ TableName: ORDERS_TABLE, ProjectionExpression: "id" })); // finding: DB-PERF-030 confidence: high
  return found.Items;
}

export const all = async (client: DynamoDBDocumentClient, name: string) => [await names(client), await one(client, name), await orders(client)];
