export async function rateLimit(request: { ip: string }) {
  return request.ip;
}
