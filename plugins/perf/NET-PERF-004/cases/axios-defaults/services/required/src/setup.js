const axios = require("axios");

axios.defaults.timeout = 5000;
