import { withApiAuthRequired } from "@auth0/nextjs-auth0";
export default withApiAuthRequired(async function list(req, res) { probe(); });
