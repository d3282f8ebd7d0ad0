import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App";

const client = new QueryClient(); // ok: most queries say it themselves; mutate: src/queries.ts s/staleTime: 1000,//

createRoot(document.body).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
