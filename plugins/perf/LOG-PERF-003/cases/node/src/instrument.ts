import { NodeSDK } from "@opentelemetry/sdk-node";
import { AlwaysOnSampler, ParentBasedSampler, TraceIdRatioBasedSampler } from "@opentelemetry/sdk-trace-base";
import * as Sentry from "@sentry/node";

export const sdk = new NodeSDK({ serviceName: "orders" }); // finding: LOG-PERF-003

export const all = new NodeSDK({ serviceName: "stock", sampler: new AlwaysOnSampler() }); // finding: LOG-PERF-003

// ok: one in ten; mutate: s/TraceIdRatioBasedSampler(0.1)/TraceIdRatioBasedSampler(1)/
export const some = new NodeSDK({ sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0.1) }) });

Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: 1.0 }); // finding: LOG-PERF-003
Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: Number(process.env.TRACES ?? 1) }); // finding: LOG-PERF-003
Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: Number(process.env.TRACES ?? 0) }); // ok: none by default; mutate: s/?? 0/?? 1/
// ok: in production one in ten; mutate: s/process.env.NODE_ENV === "production" ? 0.1 : 1.0/1.0/
Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: process.env.NODE_ENV === "production" ? 0.1 : 1.0 });

function samplerOf(kind: string) {
  switch (kind) {
    case "always_on":
      return new AlwaysOnSampler(); // ok: a setting chooses it
    default:
      return new TraceIdRatioBasedSampler(0.1);
  }
}

export const chosen = new NodeSDK({ sampler: samplerOf(process.env.SAMPLER ?? "ratio") });

export function begin(enabled: boolean) {
  if (enabled) {
    return new NodeSDK({ sampler: new AlwaysOnSampler() }); // finding: LOG-PERF-003
  }
  return undefined;
}

// ok: a setting chooses one of two; mutate: s/process.env.ALL ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(0.1)/new AlwaysOnSampler()/
export const either = new NodeSDK({ sampler: process.env.ALL ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(0.1) });
