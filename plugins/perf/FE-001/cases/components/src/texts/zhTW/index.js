import texts from "./zhTW.json";

export default texts;
