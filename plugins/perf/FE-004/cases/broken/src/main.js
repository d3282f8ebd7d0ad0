import { createApp } from "vue";
import "@mdi/font/css/materialdesignicons.css"; // finding: FE-004

createApp({}).mount("#app");
const broken = (;
