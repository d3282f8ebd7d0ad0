import axios from "axios";

export const stock = axios.create();
stock.defaults.timeout = 5000;
