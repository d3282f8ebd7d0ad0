import http from "axios";

http.defaults.timeout = Number(process.env.TIMEOUT);
