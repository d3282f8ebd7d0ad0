import { forwardRef, useRef } from "react";
import * as Icons from "lucide-react"; // finding: FE-001

export const Icon = forwardRef(({ name }: { name: string }, ref) => {
  const Shape = Icons[name as keyof typeof Icons] as any;
  return <Shape ref={ref ?? useRef(null)} />;
});
