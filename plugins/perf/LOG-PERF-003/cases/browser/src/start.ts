import * as Sentry from "@sentry/react";

Sentry.init({ dsn: "https://sentry/1", tracesSampleRate: 1.0 }); // finding: LOG-PERF-003

Sentry.init({ dsn: "https://sentry/2", tracesSampleRate: 0.1 }); // ok: one page load in ten; mutate: s/0.1 }/1 }/
Sentry.init({ dsn: "https://sentry/3", tracesSampleRate: import.meta.env.DEV ? 1.0 : 0.05 }); // ok: all in development only
