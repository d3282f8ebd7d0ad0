import http from "k6/http"; // finding: CI-001 confidence: medium

export default () => http.get(`${__ENV.BASE_URL}/orders`);
