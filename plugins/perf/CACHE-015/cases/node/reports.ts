import { BigQuery } from "@google-cloud/bigquery";
import snowflake from "snowflake-sdk";

const bigquery = new BigQuery();
const connection = snowflake.createConnection({ account: "shop" });

export async function visits() {
  const [rows] = await bigquery.query({ query: "SELECT day FROM web.visits", useQueryCache: false }); // finding: CACHE-015
  return rows;
}

export async function orders() {
  const options = { query: "SELECT day FROM web.orders", location: "EU", useQueryCache: false };
  const [job] = await bigquery.createQueryJob(options); // finding: CACHE-015
  return job.getQueryResults();
}

export function begin(complete: () => void) {
  connection.execute({ sqlText: "ALTER SESSION SET USE_CACHED_RESULT = FALSE", complete }); // finding: CACHE-015
}

export async function bytes(query: string) {
  // ok: a dry run; mutate: s/dryRun: true, //
  const [job] = await bigquery.createQueryJob({ query, dryRun: true, useQueryCache: false });
  return job.metadata.statistics.totalBytesProcessed;
}
