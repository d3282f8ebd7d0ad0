import Link from "next/link";
import { Grid } from "@shop/ui"; // ok: loaded once, on the server; mutate: s/import Link/"use client";\nimport Link/

export default function Page() {
  return <Grid><Link href="/">Home</Link></Grid>;
}
