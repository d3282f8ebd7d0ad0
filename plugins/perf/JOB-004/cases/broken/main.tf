resource "aws_sqs_queue" "mail" { # finding: JOB-004 confidence: medium
  name = "mail"
}

resource "aws_sqs_queue" "half" {
  name =
