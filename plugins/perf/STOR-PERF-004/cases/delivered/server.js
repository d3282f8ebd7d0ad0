const express = require("express");

const app = express();
// ok: a CDN keeps them; mutate: edge.tf s/aws_cloudfront_distribution/aws_sns_topic/
app.use(express.static("build"));
