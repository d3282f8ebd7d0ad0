// Settings, read once from the environment.

function number(name: string, fallback: number): number {
  const text = process.env[name];
  return text ? Number(text) : fallback;
}

export const config = {
  port: number("PORT", 8090),
  databaseUrl: process.env.DATABASE_URL ?? "postgres://parcel@localhost/parcel",
  redisUrl: process.env.REDIS_URL ?? "redis://localhost:6379/0",
  apiUrl: process.env.API_URL ?? "http://localhost:8080",
  auditUrl: process.env.AUDIT_URL ?? "https://audit.parcel.example/v1/entries",
  depotUrl: process.env.DEPOT_URL ?? "https://depots.parcel.example",
};

// One entry for each carrier that we have a contract with.
export const secrets = new Map<string, string>();
for (const code of ["NORTH", "COAST", "METRO"]) {
  secrets.set(code, process.env[`${code}_SECRET`] ?? "");
}
