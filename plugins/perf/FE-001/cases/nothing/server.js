const moment = require("moment");

require("http").createServer((request, response) => response.end(moment().format())).listen(80);
