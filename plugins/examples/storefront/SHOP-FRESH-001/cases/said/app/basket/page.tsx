import Link from "next/link";

export default async function Page({ params, options }: { params: { id: string }; options: RequestInit }) {
  const prices = await fetch(`https://prices/${params.id}`, { next: { revalidate: 60 } }); // ok: a minute; mutate: s/, { next: { revalidate: 60 } }//
  const basket = await fetch("https://baskets/mine", { cache: "no-store" }); // ok: never; mutate: s/cache: "no-store"/mode: "cors"/
  const stock = await fetch("https://stock", options); // ok: the caller may say it
  await fetch("https://views", { method: "POST" }); // ok: changes something; mutate: s/POST/GET/
  return <Link href="/">{[prices, basket, stock].length}</Link>;
}
