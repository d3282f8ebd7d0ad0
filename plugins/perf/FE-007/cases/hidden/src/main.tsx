import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App";

import { settings } from "@shop/settings";

const client = new QueryClient(settings); // ok: the settings lie elsewhere; mutate: s/(settings)/()/

createRoot(document.body).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
