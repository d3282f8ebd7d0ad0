import * as appsync from "aws-cdk-lib/aws-appsync";

export const api = (scope: any) =>
  new appsync.GraphqlApi(scope, "Api", {
    name: "shop",
    logConfig: { fieldLogLevel: appsync.FieldLogLevel.ALL }, // finding: LOG-PERF-001
  });
