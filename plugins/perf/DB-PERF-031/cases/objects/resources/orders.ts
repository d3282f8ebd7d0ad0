import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

export const client = new DynamoDBClient({});

export const Orders = {
  Type: "AWS::DynamoDB::Table",
  Properties: {
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }], // ok: one for each order; mutate: s/"id"/"status"/
    GlobalSecondaryIndexes: [
      {
        IndexName: "byStatus",
        KeySchema: [
          { AttributeName: "status", KeyType: "HASH" }, // finding: DB-PERF-031
          { AttributeName: "createdAt", KeyType: "RANGE" },
        ],
      },
    ],
  },
};
