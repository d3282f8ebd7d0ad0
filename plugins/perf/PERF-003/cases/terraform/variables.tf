locals {
  defaults = {
    "autoscaling.knative.dev/maxScale" = "10"
    "run.googleapis.com/vpc-access-connector" = google_vpc_access_connector.main.id
  }
}

variable "overrides" {
  type    = map(string)
  default = {}
}

variable "by_service" {
  default = {}
}

variable "unset" {}

variable "least" {
  default = 0
}
