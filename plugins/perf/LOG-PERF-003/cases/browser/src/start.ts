import * as Sentry from "@sentry/react";
import { WebTracerProvider } from "@opentelemetry/sdk-trace-web";

// finding: LOG-PERF-003 confidence: medium
Sentry.init({ dsn: "https://sentry/1", tracesSampleRate: 1.0 });

// ok: one visit in ten; mutate: s/0.1 }/1 }/
Sentry.init({ dsn: "https://sentry/2", tracesSampleRate: 0.1 });

Sentry.init({ dsn: "https://sentry/3", tracesSampleRate: import.meta.env.DEV ? 1.0 : 0.05 }); // ok: all in development only

// ok: what a page spends on its own spans costs no service anything
new WebTracerProvider().register();
