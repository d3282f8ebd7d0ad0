import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";

export class Tables extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const orders = new dynamodb.Table(this, "Orders", {
      partitionKey: { name: "id", type: dynamodb.AttributeType.STRING }, // ok: one for each order; mutate: s/name: "id"/name: "status"/
    });
    orders.addGlobalSecondaryIndex({
      indexName: "byStatus",
      partitionKey: { name: "status", type: dynamodb.AttributeType.STRING }, // finding: DB-PERF-031
      sortKey: { name: "createdAt", type: dynamodb.AttributeType.STRING },
    });
  }
}
