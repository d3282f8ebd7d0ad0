import axios from 'axios';

const unlimited = { timeout: 0 };

export async function fresh(url) {
  return axios.get(url, { ...unlimited, timeout: 5000 }); // ok: the last entry counts
}

export async function stale(url) {
  return axios.get(url, { timeout: 5000, ...unlimited }); // finding: NET-PERF-004
}
