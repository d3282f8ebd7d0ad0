import axios from "axios";

export const api = axios.create({ baseURL: "https://shop/api" });

export const getOrders = async () => (await api.get("/orders/all")).data;
