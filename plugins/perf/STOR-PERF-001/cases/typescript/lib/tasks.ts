export function task<T>(options: { id: string; run: (given: T) => Promise<void> }) {
  return { trigger: (given: T) => options.run(given) };
}
