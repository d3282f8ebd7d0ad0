const { DynamoDB } = require("@aws-sdk/client-dynamodb");
const { DynamoDBDocument } = require("@aws-sdk/lib-dynamodb");

let users;

function userTable() {
  if (!users) {
    users = DynamoDBDocument.from(new DynamoDB({})); // ok: kept in the module; mutate: s/users = D/const users = D/
  }
  return users;
}

module.exports = async function user(order) {
  // finding: LAMBDA-002 confidence: medium
  const table = DynamoDBDocument.from(new DynamoDB({}));
  await table.get({ TableName: "users", Key: { id: order.user } });
  return userTable().get({ TableName: "users", Key: { id: order.user } });
};
