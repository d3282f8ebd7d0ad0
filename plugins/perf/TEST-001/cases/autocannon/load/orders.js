const autocannon = require("autocannon");

autocannon({ url: process.env.URL });
