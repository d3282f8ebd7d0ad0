import { createRouter, createWebHistory } from "vue-router";
import Home from "@/views/Home.vue"; // finding: FE-006 confidence: medium
import Orders from "@/views/Orders.vue";
import Prices from "@/views/Prices.vue";
import Reports from "@/views/Reports.vue";

export default createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", component: Home },
    { path: "/orders", component: Orders },
    { path: "/prices", component: Prices },
    { path: "/reports", component: Reports },
  ],
});
