import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App";

const client = new QueryClient({ defaultOptions: { queries: { refetchOnMount: false } } }); // ok: nothing is asked again as it is mounted; mutate: s/refetchOnMount: false/retry: 2/

createRoot(document.body).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
