const { IAMClient, GetRoleCommand } = require("@aws-sdk/client-iam");

// Answers for a resource of the template: nothing but a deployment calls it.
exports.handler = async (event, context) => {
  if (event.RequestType === "Delete") return;
  const iam = new IAMClient({}); // finding: LAMBDA-002 confidence: low
  await iam.send(new GetRoleCommand({ RoleName: event.ResourceProperties.role }));
};
