// perfctl: allow VERCEL-001 -- called once a night
import { google } from "googleapis";

export default async function handler(request, response) {
  response.json(await google.sheets("v4").spreadsheets.get());
}
