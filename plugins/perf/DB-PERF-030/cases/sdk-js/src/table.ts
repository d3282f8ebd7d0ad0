import { DynamoDBClient, ScanCommand as RawScan } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, QueryCommand, ScanCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import AWS from "aws-sdk";

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const old = new AWS.DynamoDB.DocumentClient();

export async function all() {
  return documents.send(new ScanCommand({ TableName: "devices" })); // finding: DB-PERF-030
}

export async function raw() {
  return documents.send(new RawScan({ TableName: "devices" })); // finding: DB-PERF-030
}

export async function before() {
  return old.scan({ TableName: "devices", FilterExpression: "#o = :o" }).promise(); // finding: DB-PERF-030
}

export async function* pages() {
  for await (const page of paginateScan({ client: documents }, { TableName: "devices" })) { // finding: DB-PERF-030
    yield* page.Items ?? [];
  }
}

export async function of(owner: string) {
  // ok: a query by key; mutate: s/new QueryCommand(/new ScanCommand(/
  return documents.send(new QueryCommand({ TableName: "devices", KeyConditionExpression: "o = :o", ExpressionAttributeValues: { ":o": owner } }));
}

export function words(text: string) {
  return text.split(" ").scan((word: string) => word); // ok: another scan
}
