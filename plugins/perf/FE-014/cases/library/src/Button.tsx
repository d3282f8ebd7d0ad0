import { flushSync } from "react-dom";

export const Button = () => <button onClick={() => flushSync(() => {})}>Buy</button>;
