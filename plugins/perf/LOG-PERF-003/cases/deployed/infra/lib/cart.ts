import { Function } from "aws-cdk-lib/aws-lambda";

export const cart = new Function(this, "cart", {
  environment: {
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0.05",
  },
});
