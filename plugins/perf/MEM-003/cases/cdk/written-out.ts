import { Aws, Duration, Stack } from "aws-cdk-lib";
import { Integration, IntegrationType } from "aws-cdk-lib/aws-apigateway";
import { Runtime } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";

export class Offers extends Stack {
  make() {
    // finding: MEM-003 confidence: medium
    const offers = new NodejsFunction(this, "Offers", { entry: "src/offers.ts", runtime: Runtime.NODEJS_22_X, timeout: Duration.seconds(20) });
    const clean = new NodejsFunction(this, "Clean", { entry: "src/clean.ts", runtime: Runtime.NODEJS_22_X }); // ok: nobody waits for it; mutate: s|functions/${offers.functionArn}|functions/${clean.functionArn}|
    return new Integration({
      type: IntegrationType.AWS_PROXY,
      uri: `arn:aws:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${offers.functionArn}/invocations`,
    });
  }
}
