import { Pool } from "pg";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";

export const instrumentations = [new PgInstrumentation()];
export const pool = new Pool();
