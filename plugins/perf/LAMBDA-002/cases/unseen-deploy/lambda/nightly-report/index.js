const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");

exports.handler = async (event, context) => {
  const sqs = new SQSClient({}); // finding: LAMBDA-002 confidence: low
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: "a" }));
};
