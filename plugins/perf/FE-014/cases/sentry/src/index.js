import * as Sentry from "@sentry/react";
import { createRoot } from "react-dom/client";
import reportWebVitals from "./reportWebVitals";

Sentry.init({ dsn: "https://sentry/1", integrations: [Sentry.browserTracingIntegration()] });
createRoot(document.body).render("shop");

reportWebVitals(); // ok: Sentry sends them; mutate: s/TracingIntegration()/OtherIntegration()/
