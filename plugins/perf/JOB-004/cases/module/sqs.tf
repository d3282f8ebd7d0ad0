variable "redrive" {}

resource "aws_sqs_queue" "this" { # ok: whoever calls the module decides; mutate: s/redrive_policy = var.redrive/delay_seconds = 1/
  name           = "this"
  redrive_policy = var.redrive
}
