import { google } from "googleapis"; // finding: VERCEL-001

export default async function handler(request, response) {
  response.json(await google.sheets("v4").spreadsheets.get());
}

export const broken = ( => {
