import AWS from "aws-sdk"; // finding: VERCEL-001 confidence: high
import type { NextApiRequest, NextApiResponse } from "next";

import { rows } from "../../lib/sheet";
import { day } from "../../lib/types";

export default async function handler(request: NextApiRequest, response: NextApiResponse) {
  new AWS.S3();
  response.json([await rows(), day]);
}
