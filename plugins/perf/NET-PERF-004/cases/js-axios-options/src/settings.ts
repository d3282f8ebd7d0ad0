export function defaults(token?: string) {
  return JSON.parse(process.env.HTTP_OPTIONS ?? "{}")[token ?? "all"];
}

export function stamped(value: Record<string, unknown>) {
  return Object.assign(value, { at: Date.now() });
}
