import { Alarm, Metric } from "aws-cdk-lib/aws-cloudwatch";

export const alarm = (scope: any, metric: Metric) => new Alarm(scope, "Errors", { metric, threshold: 2, evaluationPeriods: 5 });
