const client = require("prom-client");
const express = require("express");

client.collectDefaultMetrics();
express().listen(3000);
