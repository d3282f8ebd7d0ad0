import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";

export default async function Page() {
  const client = new QueryClient(); // ok: lives for one request
  await client.prefetchQuery({ queryKey: ["orders"], queryFn: () => fetch("https://shop/api/orders") });
  return <HydrationBoundary state={dehydrate(client)} />;
}
