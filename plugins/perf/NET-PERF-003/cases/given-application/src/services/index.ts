export default {
  web: () => import("./web"),
};
