const express = require("express");
const { load } = require("./load");

exports.handler = async (event) => {
  const orders = await load(event.queryStringParameters);
  return { statusCode: 200, body: JSON.stringify(orders, null, 2) }; // finding: JSON-001 confidence: medium
};
