import user from "./user";
import visits from "./visits";

export default { modules: { user, visits } };
