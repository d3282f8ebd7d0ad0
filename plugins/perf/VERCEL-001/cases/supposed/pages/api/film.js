const ffmpeg = require("ffmpeg-static"); // finding: VERCEL-001 confidence: medium

export default function handler(request, response) {
  response.json({ ffmpeg });
}
