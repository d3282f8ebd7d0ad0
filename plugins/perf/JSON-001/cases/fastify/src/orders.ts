export async function load(): Promise<unknown[]> { return []; }
