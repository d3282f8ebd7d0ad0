import { SQSClient, ReceiveMessageCommand } from "@aws-sdk/client-sqs";

export const receive = () => new SQSClient({}).send(new ReceiveMessageCommand({ QueueUrl: process.env.QUEUE }));
