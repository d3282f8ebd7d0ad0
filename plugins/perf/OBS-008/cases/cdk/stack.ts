import { Dashboard } from "aws-cdk-lib/aws-cloudwatch";

export const dashboard = (scope) => new Dashboard(scope, "Shop");
