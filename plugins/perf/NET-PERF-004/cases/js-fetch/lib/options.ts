export const plain = { headers: { accept: "application/json" } };
export const limited = { headers: {}, signal: AbortSignal.timeout(3000) };
