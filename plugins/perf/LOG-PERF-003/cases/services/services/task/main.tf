locals {
  environment = [
    {
      name  = "OTEL_TRACES_SAMPLER"
      value = "parentbased_traceidratio"
    },
  ]
}
