module "api" {
  source = "./api"
  environment = {
    # finding: LOG-PERF-001
    LOG_LEVEL = "DEBUG"
    # ok: given from outside; mutate: s/var.level/"debug"/
    AUDIT_LOG_LEVEL = var.level
  }
}
