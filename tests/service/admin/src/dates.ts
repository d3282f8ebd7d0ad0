// Times as people say them.
import moment from "moment";

export function ago(at: Date): string {
  return moment(at).fromNow();
}
