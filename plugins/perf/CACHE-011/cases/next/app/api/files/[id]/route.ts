import { NextResponse } from "next/server";
import { find } from "@/lib/store";

export async function GET(request: Request, { params }: { params: { id: string } }) {
  const file = await find(params.id);
  if (!file) {
    return new NextResponse("no such file", { status: 404, headers: { "Cache-Control": "public, s-maxage=3600" } }); // finding: CACHE-011
  }
  const other = await fetch("https://files.example/404", { headers: { "Cache-Control": "max-age=600" } }); // ok: asks for it
  return NextResponse.json(file, { headers: { "Cache-Control": "public, s-maxage=3600" } });
}
