export * from "./Home";
export * from "./Orders";
export * from "./Order";
export * from "./Prices";
export * from "./Stock";
export * from "./Users";
export * from "./Settings";
export * from "./Login";
