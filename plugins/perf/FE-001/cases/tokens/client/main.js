import Vue from "vue";
import store from "./store";

Vue.component("sign-up", () => import("./sign-up.vue"));

new Vue({ store, el: "#shop" });
