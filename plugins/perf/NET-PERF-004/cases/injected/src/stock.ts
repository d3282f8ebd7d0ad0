import { AxiosInstance } from "axios";

export class StockService {
  private readonly client: AxiosInstance;

  constructor({ client }: { client: AxiosInstance }) {
    this.client = client;
  }

  count(id: string) {
    return this.client.get(`https://stock.example/items/${id}`); // finding: NET-PERF-004
  }

  named(name: string) {
    return this.client.get(`https://stock.example/names/${name}`, { timeout: 2000 }); // ok: a limit of its own; mutate: s/, { timeout: 2000 }//
  }
}

export async function watch(client: AxiosInstance, url: string) {
  await client.post("https://monitor.example/new", { url, timeout: 30 }); // finding: NET-PERF-004
  await client.post("https://monitor.example/new", { url, timeout: 30 }, { timeout: 2000 }); // ok: the third argument bounds it; mutate: s/, { timeout: 2000 }//
}
