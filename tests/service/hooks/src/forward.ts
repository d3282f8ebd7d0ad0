// Calls that leave this process.
import axios from "axios";

import { config } from "./config.js";
import type { Parcel } from "./store.js";

const depots = axios.create({ baseURL: config.depotUrl, timeout: 2500 });

export interface Opening {
  depot: number;
  opens: string;
  closes: string;
}

export async function forwardScan(parcel: Parcel, kind: string): Promise<boolean> {
  const answer = await fetch(`${config.apiUrl}/scans`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ tracking_number: parcel.tracking, kind, depot_id: parcel.depot }),
  });
  return answer.ok;
}

export async function pickupOpen(depot: number): Promise<boolean> {
  const answer = await fetch(`${config.apiUrl}/depots/${depot}`, { signal: AbortSignal.timeout(2000) });
  return answer.ok;
}

export async function openingOf(depot: number): Promise<Opening> {
  const answer = await depots.get<Opening>(`/v1/depots/${depot}/opening`);
  return answer.data;
}

export async function audit(carrier: string, body: unknown): Promise<void> {
  await axios.post(config.auditUrl, { carrier, body });
}

export async function holidays(country: string): Promise<string[]> {
  const options = { params: { country }, timeout: 1500 };
  const answer = await axios.get<string[]>(`${config.depotUrl}/v1/holidays`, options);
  return answer.data;
}
