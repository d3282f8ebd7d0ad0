import { put } from "@vercel/blob";

export async function POST(request: Request) {
  const form = await request.formData(); // finding: STOR-PERF-003
  const film = form.get("film") as File;
  return Response.json(await put(film.name, film, { access: "public" }));
}
