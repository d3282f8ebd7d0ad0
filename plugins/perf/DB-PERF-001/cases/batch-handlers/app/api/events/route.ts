import { siteOf } from "../../../lib/sites";

export async function POST(request: Request) {
  const event = await request.json();
  const site = await siteOf(event.site);
  const place = await fetch(`https://places/${event.address}`);
  return Response.json({ site, place: await place.json() });
}
