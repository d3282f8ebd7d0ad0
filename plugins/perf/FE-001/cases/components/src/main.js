import { createApp } from "vue";
import { createVuetify } from "vuetify";
import * as components from "vuetify/components"; // finding: FE-001 confidence: high
import * as directives from "vuetify/directives";
import ElementPlus from "element-plus"; // finding: FE-001 confidence: high
import { debounce } from "lodash"; // finding: FE-001 confidence: medium
import animation from "./texts/landing.json"; // ok: a few bytes
import App from "./App.vue";
import { formats } from "./formats";
import { language } from "./locales";

const app = createApp(App);
app.use(createVuetify({ components, directives }));
app.use(ElementPlus);
window.addEventListener("resize", debounce(() => app.config.globalProperties.resized(animation), 100));
document.querySelector("html").lang = language(formats);
app.mount("#app");
