import { jobsOf } from "../../lib/jobs";

export default async function handler(request, response) {
  response.json(await jobsOf(request.session.owner));
}
