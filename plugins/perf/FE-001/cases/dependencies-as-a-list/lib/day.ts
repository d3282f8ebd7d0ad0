import moment from "moment"; // finding: FE-001 -- what runs in browsers imports it

export const day = (at: Date) => moment(at).format("LL");
