import texts from "./es.json";

export default texts;
