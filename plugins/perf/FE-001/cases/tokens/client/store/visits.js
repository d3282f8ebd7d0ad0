import { decode } from "jsonwebtoken"; // ok: another module has brought it; mutate: client/store/user.js s/import jwt from "jsonwebtoken"/import jwt from "jwt-decode"/

export default { state: () => decode(document.cookie) };
