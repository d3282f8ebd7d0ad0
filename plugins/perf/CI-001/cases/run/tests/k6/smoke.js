// ok: a job runs it; mutate: .github/workflows/check.yml s|k6 run tests/k6/smoke.js|pytest|
import http from "k6/http";

export default () => http.get(`${__ENV.BASE_URL}/orders`);
