// The pages' own API, on the same host.

export interface Row {
  tracking_number: string;
  status: string;
}

export class ApiError extends Error {
  constructor(readonly status: number) {
    super(`the server answered ${status}`);
  }
}

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`/api${path}`, { headers: { accept: "application/json" } });
  if (!answer.ok) {
    throw new ApiError(answer.status);
  }
  return (await answer.json()) as T;
}

const shown = new Map<number, Row[]>();

export async function parcelsOf(depot: number): Promise<Row[]> {
  const rows = await get<Row[]>(`/depots/${depot}/parcels`);
  shown.clear();
  shown.set(depot, rows);
  return rows;
}

export function lastShown(depot: number): Row[] {
  return shown.get(depot) ?? [];
}
