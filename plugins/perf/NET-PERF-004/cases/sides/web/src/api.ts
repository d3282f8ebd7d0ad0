import axios from "axios";

export const load = () => axios.get("https://orders.example/mine"); // ok: the package is a page; mutate: web/package.json s/"react": "18.2.0", "react-dom": "18.2.0"/"express": "4.19.0"/
