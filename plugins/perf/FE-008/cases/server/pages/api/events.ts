import { rateLimit } from "../../lib/guard";
import { everyEvent } from "../../lib/jobs";

export default async function handler(request, response) {
  await rateLimit(request);
  response.json(await everyEvent(request.session.owner));
}
