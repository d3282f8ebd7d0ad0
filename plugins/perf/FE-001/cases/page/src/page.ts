// finding: FE-001
import moment from "moment";

document.querySelector("time")!.textContent = moment().fromNow();
