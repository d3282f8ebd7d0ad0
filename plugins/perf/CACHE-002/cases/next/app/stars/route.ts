import { NextResponse } from "next/server";

export async function GET() {
  // finding: CACHE-002 confidence: medium
  const answer = await fetch("https://api.github.com/repos/example/shop");
  return NextResponse.json(await answer.json());
}
