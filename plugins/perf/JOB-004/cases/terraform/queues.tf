resource "aws_sqs_queue" "mail" { # finding: JOB-004 confidence: medium
  name = "mail"
}

resource "aws_sqs_queue" "orders" { # ok: dead letters have a place; mutate: s/redrive_policy = jsonencode({\n    deadLetterTargetArn = aws_sqs_queue.parking.arn/tags = jsonencode({\n    target = 1/
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.parking.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "parking" { # ok: dead letters go there
  name = "parking"
}

resource "aws_sqs_queue" "mail_dlq" { # ok: a name for dead letters; mutate: s/"mail_dlq"/"mail_two"/ s/"mail-dlq"/"mail-two"/
  name = "mail-dlq"
}

resource "aws_sqs_queue" "refunds" { # ok: its policy is a resource of its own; mutate: s/aws_sqs_queue.refunds.id/aws_sqs_queue.mail.id/
  name = "refunds"
}

resource "aws_sqs_queue_redrive_policy" "refunds" {
  queue_url      = aws_sqs_queue.refunds.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.parking.arn, maxReceiveCount = 3 })
}

resource "google_pubsub_subscription" "events" { # finding: JOB-004 confidence: medium
  name  = "events"
  topic = "events"
}

resource "google_pubsub_subscription" "prices" { # ok: dead letters have a topic; mutate: s/dead_letter_policy {/retry_policy {/
  name  = "prices"
  topic = "prices"
  dead_letter_policy {
    dead_letter_topic = "projects/p/topics/dead"
  }
}

resource "google_pubsub_subscription" "export" { # ok: written to a table by the platform; mutate: s/bigquery_config {/push_config {/
  name  = "export"
  topic = "events"
  bigquery_config {
    table = "p.d.t"
  }
}
