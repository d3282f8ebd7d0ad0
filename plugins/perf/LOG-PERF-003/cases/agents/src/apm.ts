import apm from "elastic-apm-node";

apm.start({ serviceName: "shop", transactionSampleRate: 1.0 }); // finding: LOG-PERF-003
apm.start({ serviceName: "stock", transactionSampleRate: 0.1 }); // ok: one in ten; mutate: s/0.1/1/
