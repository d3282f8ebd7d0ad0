import type { NextApiRequest, NextApiResponse } from "next";

import { coverInto } from "../../lib/cut";
import { cutFilm } from "../../tasks/film";

export default async function handler(request: NextApiRequest, response: NextApiResponse) {
  coverInto(request.body.cover);
  await cutFilm.trigger({ bytes: request.body.film });
  response.json({ done: true });
}
