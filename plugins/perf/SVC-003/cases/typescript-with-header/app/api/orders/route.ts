import { NextResponse } from "next/server";

export async function POST(request: Request) {
  // ok: says when; mutate: s/, headers: { "Retry-After": "5" }//
  return NextResponse.json({ error: "rate limited" }, { status: 429, headers: { "Retry-After": "5" } });
}
