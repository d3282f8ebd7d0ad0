module.exports = [{
  path: "dist/*.js",
  limit: "200 kB", // finding: CI-002 confidence: medium
}];
