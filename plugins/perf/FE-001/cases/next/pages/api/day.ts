// ok: a route runs on the server
import moment from "moment";

export default function handler(request, response) {
  response.json({ day: moment().format() });
}
