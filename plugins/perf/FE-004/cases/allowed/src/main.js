import { createApp } from "vue";
import "@mdi/font/css/materialdesignicons.css"; // perfctl: allow FE-004 -- users choose among all icons
