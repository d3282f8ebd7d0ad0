import fetch from "node-fetch";

export async function safeFetch(url: string, options: any = {}) {
  const { redirects = 5, ...rest } = options;
  return fetch(url, { ...rest, redirect: "manual", size: redirects }); // ok: its callers choose
}
