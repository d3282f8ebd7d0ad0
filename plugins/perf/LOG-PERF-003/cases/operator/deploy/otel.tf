resource "kubectl_manifest" "instrumentation" {
  yaml_body = yamlencode({
    "kind" = "Instrumentation"
    "spec" = {
      # finding: LOG-PERF-003
      "sampler" = {
        "type" = "always_on"
      }
    }
  })
}
