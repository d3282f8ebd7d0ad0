import withDefaults from "./defaults";
async function list(event) { probe(); }
export const handler = withDefaults(list);
