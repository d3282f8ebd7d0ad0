import tracer from "dd-trace";

tracer.init({ logInjection: true, runtimeMetrics: true, sampleRate: 1 }); // finding: LOG-PERF-003

tracer.init({ sampleRate: 0.05 }); // ok: one in twenty; mutate: s/0.05/1/

tracer.init({ logInjection: true }); // ok: the agent decides; mutate: s/logInjection: true/sampleRate: 1.0/

// ok: rules decide; mutate: s/, samplingRules: [{ service: "shop", sampleRate: 0.1 }]//
tracer.init({ sampleRate: 1, samplingRules: [{ service: "shop", sampleRate: 0.1 }] });

export default tracer;
