import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App";

const client = new QueryClient(); // ok: one query

createRoot(document.body).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
