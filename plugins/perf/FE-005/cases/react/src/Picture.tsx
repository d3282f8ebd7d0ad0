export const Picture = () => (
  <picture>
    <source srcSet="https://cdn.shop/hero.avif" type="image/avif" />
    <img src="/hero.jpg" alt="" /> {/* ok: the old one is the last resort */}
  </picture>
);
