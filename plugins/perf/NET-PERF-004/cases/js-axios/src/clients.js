import axios from "axios";

export const quick = axios.create({ baseURL: "https://stock.example", timeout: 3000 });
export const slow = axios.create({ baseURL: "https://stock.example" });
export const site = axios.create({ baseURL: "/api" });
