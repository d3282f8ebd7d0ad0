const jwksClient = require("jwks-rsa");

module.exports = async function token(order) {
  const client = jwksClient({ jwksUri: order.issuer }); // finding: NET-PERF-002 confidence: medium
  return client.getSigningKey(order.key);
};
