import texts from "~/texts/de/de.json";

export default texts;
