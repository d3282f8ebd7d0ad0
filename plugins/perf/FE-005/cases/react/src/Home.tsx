import rows from "./rows.png";

export const Home = () => (
  <main>
    <img src="/hero.jpg" alt="" /> {/* finding: FE-005 confidence: medium */}
    <img src={rows} alt="" />
    <img src="/small.jpg" alt="" /> {/* ok: not a hundred kilobytes */}
    <img src="https://cdn.shop/hero.jpg" alt="" /> {/* ok: lies elsewhere */}
  </main>
);

