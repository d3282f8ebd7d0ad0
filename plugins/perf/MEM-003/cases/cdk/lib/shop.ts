import * as lambda from "aws-cdk-lib/aws-lambda";
import { LambdaRestApi } from "aws-cdk-lib/aws-apigateway";

export function shop(scope: any, options: any) {
  // finding: MEM-003 confidence: medium
  const orders = new lambda.Function(scope, "Orders", { handler: "a.b", code });
  new LambdaRestApi(scope, "Api", { handler: orders });
  // ok: has memory; mutate: s/, memorySize: 1024//
  const carts = new lambda.Function(scope, "Carts", { handler: "a.b", memorySize: 1024 });
  carts.addFunctionUrl();
  // ok: the options may hold it; mutate: s/...options, //
  const prices = new lambda.Function(scope, "Prices", { ...options, handler: "a.b" });
  prices.addFunctionUrl();
  // finding: MEM-003 confidence: medium
  const queued = new lambda.Function(scope, "Queued", { handler: "a.b", code });
  queued.addEventSource(new SqsEventSource(queue));
}
