import * as Marks from "react-icons/fa"; // finding: FE-001

export function Mark({ name }: { name: string }) {
  const Shape = Marks[name as keyof typeof Marks] as any;
  return <Shape />;
}
