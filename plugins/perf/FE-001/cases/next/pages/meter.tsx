import { useState } from "react";
// ok: a page is a chunk of its own
import zxcvbn from "zxcvbn";

export default function Meter() {
  const [word] = useState("");
  return <meter value={zxcvbn(word).score} />;
}
