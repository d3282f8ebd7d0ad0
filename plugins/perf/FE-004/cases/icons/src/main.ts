import "@mdi/font/css/materialdesignicons.css"; // finding: FE-004 confidence: medium
import "bootstrap-icons/font/bootstrap-icons.css"; // finding: FE-004
import "@fontsource/inter"; // ok: split by script
import { mdiHome } from "@mdi/js"; // ok: one icon

export const home = mdiHome;
