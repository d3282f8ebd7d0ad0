import axios from "axios";

export const findOrders = (text: string) => axios.get("/api/orders", { params: { text } });
