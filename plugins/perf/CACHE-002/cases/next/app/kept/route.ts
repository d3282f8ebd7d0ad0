import { NextResponse } from "next/server";

export async function GET() {
  // ok: kept by the framework for an hour; mutate: s/, { next: { revalidate: 3600 } }//
  const answer = await fetch("https://api.github.com/repos/example/shop", { next: { revalidate: 3600 } });
  return NextResponse.json(await answer.json());
}

export async function POST() {
  // ok: kept at the edge for an hour; mutate: s/public, s-maxage=3600/no-store/
  const answer = await fetch("https://api.github.com/repos/example/stock");
  return NextResponse.json(await answer.json(), { headers: { "Cache-Control": "public, s-maxage=3600" } });
}
