const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");

const client = new DynamoDBClient({});

async function writeAll(table, settings) {
  for (const [name, value] of Object.entries(settings)) {
    await client.send(new PutItemCommand({ TableName: table, Item: { name: { S: name }, value: { S: value } } })); // finding: DB-PERF-001 confidence: low -- once per deployment
  }
}

module.exports = class Settings {
  async Create(params) {
    await writeAll(params.table, params.settings);
  }
};
