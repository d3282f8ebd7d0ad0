// ok: a server that runs all the time
import { google } from "googleapis";

export default async function handler(request, response) {
  response.json(await google.sheets("v4").spreadsheets.get());
}
