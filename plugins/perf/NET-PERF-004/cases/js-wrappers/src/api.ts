import axios, { AxiosInstance } from "axios";

export abstract class Limited {
  private client: AxiosInstance;

  constructor(address: string) {
    this.client = axios.create({ baseURL: address, timeout: 20000 });
  }

  get(path: string, config = {}) {
    return this.client.get(path, { ...config });
  }
}

export abstract class Unlimited {
  private client: AxiosInstance;

  constructor(address: string) {
    this.client = axios.create({ baseURL: address });
  }

  get(path: string, config = {}) {
    return this.client.get(path, { ...config });
  }
}

export async function load(path: string, config = {}) {
  return Promise.race([axios.get(path, { ...config }), new Promise((_, fail) => setTimeout(fail, 5000))]);
}
