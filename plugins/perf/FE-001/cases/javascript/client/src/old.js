import { ref } from "vue"
import moment from "moment" // perfctl: allow FE-001 -- gone with the old calendar until 2999-01-01

export const now = ref(moment())
