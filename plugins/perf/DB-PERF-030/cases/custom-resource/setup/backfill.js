const { DynamoDBDocument } = require("@aws-sdk/lib-dynamodb");
const { DynamoDB } = require("@aws-sdk/client-dynamodb");

const table = DynamoDBDocument.from(new DynamoDB({}));

exports.run = async () => {
  // finding: DB-PERF-030 confidence: low -- only the stack asks, when it is changed
  const page = await table.scan({ TableName: "devices" });
  for (const device of page.Items) {
    await table.put({ TableName: "devices", Item: { ...device, seen: false } });
  }
};
