// ok: one API; mutate: s|"@googleapis/sheets"|"googleapis"|
import { sheets } from "@googleapis/sheets";

export default async function handler(request, response) {
  response.json(await sheets("v4").spreadsheets.get());
}
