import { mkdtempSync, writeFileSync } from "fs";
import type { NextApiRequest, NextApiResponse } from "next";

export default function handler(request: NextApiRequest, response: NextApiResponse) {
  const directory = mkdtempSync("film-"); // finding: STOR-PERF-001
  writeFileSync(directory + "/a.mp4", request.body);
  response.json({ directory });
}
