import texts from "./fr.json";

export default texts;
