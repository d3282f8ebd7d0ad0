import Link from "next/link";

import { stockOf } from "../stock";

export default async function Page({ params }: { params: { id: string } }) {
  const prices = await fetch(`https://prices/v1/${params.id}`); // finding: SHOP-FRESH-001 confidence: high
  const reviews = await fetch(`https://reviews/${params.id}`, { headers: { accept: "application/json" } }); // finding: SHOP-FRESH-001
  return (
    <Link href="/">
      {await prices.text()} {await reviews.text()} {await stockOf(params.id)}
    </Link>
  );
}
