// perfctl: allow CI-001 -- the platform runs it after each release
import http from "k6/http";

export default () => http.get(`${__ENV.BASE_URL}/orders`);
