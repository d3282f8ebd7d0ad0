import { createRouter, createWebHistory } from "vue-router";
// ok: the heavy page is loaded when it is visited; mutate: s|() => import("@/views/Reports.vue")|Reports|, s|import Login|import Reports from "@/views/Reports.vue"\nimport Login|
import Home from "@/views/Home.vue";
import Login from "@/views/Login.vue";
import Orders from "@/views/Orders.vue";
import Prices from "@/views/Prices.vue";

export default createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", component: Home },
    { path: "/orders", component: Orders },
    { path: "/prices", component: Prices },
    { path: "/login", component: Login },
    { path: "/reports", component: () => import("@/views/Reports.vue") },
  ],
});
