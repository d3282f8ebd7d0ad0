module "api" {
  source = "./api"
  environment = {
    LOG_LEVEL = "DEBUG" # ok: for whoever works on it
  }
}
