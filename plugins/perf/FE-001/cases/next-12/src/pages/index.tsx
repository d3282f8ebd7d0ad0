import { Orders } from "../components/Orders";
import { Search } from "../components/Search";

export default function Home({ rows }) {
  return <main><Search /><Orders rows={rows} /></main>;
}
