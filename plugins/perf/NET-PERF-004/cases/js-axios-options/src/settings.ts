export function defaults(token?: string) {
  return JSON.parse(process.env.HTTP_OPTIONS ?? "{}")[token ?? "all"];
}

export function stamped(value: Record<string, unknown>) {
  return Object.assign(value, { at: Date.now() });
}

export function withToken(options: any, token?: string) {
  if (token) {
    options.headers = { Authorization: token };
  }
  return options;
}

export function limited(options: any) {
  options.timeout = 4000;
}
