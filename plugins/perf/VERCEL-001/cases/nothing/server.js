const { google } = require("googleapis");

require("http").createServer((request, response) => response.end(String(google))).listen(80);
