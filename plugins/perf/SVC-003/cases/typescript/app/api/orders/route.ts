import { NextResponse } from "next/server";

export async function POST(request: Request) {
  return NextResponse.json({ error: "rate limited" }, { status: 429 }); // finding: SVC-003
}

export async function GET(request: Request) {
  return new Response("slow down", { status: 429 }); // finding: SVC-003
}
