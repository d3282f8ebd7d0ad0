export function revenue() {
  return { metrics: 3 };
}
