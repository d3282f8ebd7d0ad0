import Link from "next/link";

export const revalidate = 3600;

export default async function Page() {
  const offices = await fetch("https://offices/all"); // ok: the page says it for all; mutate: s/export const revalidate = 3600;//
  return <Link href="/">{await offices.text()}</Link>;
}
