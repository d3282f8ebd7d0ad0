import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";

const plain = new DynamoDBClient({});
const client = DynamoDBDocumentClient.from(plain);

export async function handler(event) {
  await client.send(new PutCommand({ TableName: "orders", Item: { pk: "ORDERS", sk: event.number } })); // finding: DB-PERF-031
  await plain.send(new PutItemCommand({ TableName: "orders", Item: { pk: { S: "ORDERS" }, sk: { S: event.number } } })); // finding: DB-PERF-031
}
