import postgres from "postgres";

export const client = postgres(process.env.DATABASE_URL!, { max: 1 }); // finding: DB-POOL-001 confidence: medium
