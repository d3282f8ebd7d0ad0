import { lazy } from "react";

const Pages = lazy(() => import("./Pages"));

export const App = () => <Pages />;
