export async function stockOf(id: string) {
  const answer = await fetch("https://stock/" + id); // finding: SHOP-FRESH-001
  return answer.text();
}

export async function nobodyAsks(id: string) {
  return fetch("https://stock/" + id); // ok: no page runs it
}
