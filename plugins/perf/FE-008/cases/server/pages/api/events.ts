import { everyEvent } from "../../lib/jobs";

export default async function handler(request, response) {
  response.json(await everyEvent(request.session.owner));
}
