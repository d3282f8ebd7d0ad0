# perfctl: allow JOB-004 -- a buffer that may lose messages
resource "aws_sqs_queue" "clicks" {
  name = "clicks"
}
