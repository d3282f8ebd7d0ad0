import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";

const queue = new SQSClient({});

export async function handle(message, url: string) {
  try {
    await ship(message);
  } catch (error) {
    await queue.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 })); // finding: JOB-003 confidence: medium
  }
}
