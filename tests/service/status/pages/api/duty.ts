// Who is on duty.
import { calendar } from "@googleapis/calendar";
import type { NextApiRequest, NextApiResponse } from "next";

const client = calendar({ version: "v3", timeout: 2000 });

export default async function handler(_request: NextApiRequest, response: NextApiResponse) {
  const answer = await client.events.list({ calendarId: process.env.DUTY, maxResults: 3, singleEvents: true });
  response.setHeader("cache-control", "s-maxage=60");
  response.json((answer.data.items ?? []).map((event) => event.summary));
}
