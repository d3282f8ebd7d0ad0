// What is broken, from the sheet of those on duty.
import { google } from "googleapis";
import type { NextApiRequest, NextApiResponse } from "next";

const sheets = google.sheets({ version: "v4", timeout: 2000 });

export default async function handler(_request: NextApiRequest, response: NextApiResponse) {
  const answer = await sheets.spreadsheets.values.get({ spreadsheetId: process.env.INCIDENTS, range: "open!A2:C20" });
  response.setHeader("cache-control", "s-maxage=60");
  response.json(answer.data.values ?? []);
}
