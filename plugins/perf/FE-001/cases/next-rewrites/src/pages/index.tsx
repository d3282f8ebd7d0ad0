import { Search } from "../components/Search";

export default function Home() {
  return <Search />;
}
