import { Stack } from "aws-cdk-lib";
import { LambdaIntegration, RestApi } from "aws-cdk-lib/aws-apigateway";

export class Orders extends Stack {
  make(handler: LambdaIntegration) {
    // finding: NET-PERF-003 confidence: medium
    const api = new RestApi(this, "Orders", { deploy: true });
    api.root.addResource("orders").addMethod("GET", handler);
    api.root.addResource("customers").addMethod("ANY", handler);
  }
}
