import * as Sentry from "@sentry/react";

Sentry.init({ dsn: "https://sentry/1", tracesSampleRate: 1.0 }); // ok: each visitor traces one request at a time; mutate: package.json s/"vite"/"express"/, package.json s/"react":/"other":/
