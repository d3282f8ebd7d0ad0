import { library } from "@fortawesome/fontawesome-svg-core";
import { fas } from "@fortawesome/free-solid-svg-icons"; // finding: FE-001
import { ref } from "vue";

library.add(fas);
export const shown = ref(true);
