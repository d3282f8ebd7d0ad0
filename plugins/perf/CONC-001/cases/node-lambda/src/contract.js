const zlib = require("node:zlib");
const fs = require("fs");
const yaml = require("js-yaml");

exports.read = async (event) => {
  const text = fs.readFileSync(`${__dirname}/contract.yaml`, "utf8"); // finding: CONC-001 confidence: low
  return { statusCode: 200, body: JSON.stringify(yaml.load(text)) };
};

exports.packed = async (event) => zlib.gzipSync(event.body); // finding: CONC-001 confidence: low
