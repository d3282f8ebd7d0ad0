import jwt from "jsonwebtoken"; // finding: FE-001 confidence: medium

export default { state: () => jwt.decode(document.cookie) };
