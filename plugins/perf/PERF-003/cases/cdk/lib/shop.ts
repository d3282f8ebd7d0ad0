import * as cdk from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LambdaRestApi } from "aws-cdk-lib/aws-apigateway";
import * as targets from "aws-cdk-lib/aws-events-targets";

export class Shop extends cdk.Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    // finding: PERF-003 confidence: medium
    const orders = new lambda.Function(this, "Orders", { runtime: lambda.Runtime.NODEJS_22_X, handler: "a.b", code });
    new LambdaRestApi(this, "Api", { handler: orders });
    // finding: PERF-003
    const carts = new NodejsFunction(this, "Carts", { entry: "carts.ts" });
    api.addRoutes({ path: "/carts", integration: new HttpLambdaIntegration("Carts", carts) });
    // ok: a schedule starts it; mutate: s/targets.LambdaFunction(nightly)/HttpLambdaIntegration("x", nightly)/
    const nightly = new NodejsFunction(this, "Nightly", { entry: "nightly.ts" });
    rule.addTarget(new targets.LambdaFunction(nightly));
    // ok: starts from a snapshot; mutate: s/ snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS,//
    const prices = new lambda.Function(this, "Prices", { snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS, handler: "a.b" });
    prices.addFunctionUrl();
    // finding: PERF-003 confidence: low
    this.loose = new lambda.Function(this, "Loose", { handler: "a.b" });
  }
}
