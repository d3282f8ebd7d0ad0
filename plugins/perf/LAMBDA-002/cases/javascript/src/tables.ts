import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

let client: DynamoDBClient | undefined;

export async function orderTable() {
  client ??= new DynamoDBClient({}); // ok: kept in the module; mutate: s/client ??=/const client =/
  return client;
}
