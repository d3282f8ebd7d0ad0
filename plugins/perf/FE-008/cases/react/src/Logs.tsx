import useSWR from "swr";
import { read } from "./read";

export function Logs() {
  const { data } = useSWR("/api/logs", read);
  const logs = data ?? [];
  return <ol>{logs.map((log) => <li key={log.id}>{log.text}</li>)}</ol>; // finding: FE-008 confidence: medium
}
