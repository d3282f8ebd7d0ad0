export const Offer = () => (
  <>
    <img src="/offered.jpg" alt="" /> {/* ok: lies beside its WebP, which the server sends */}
    <meta property="og:image" content="/og-preview.png" /> {/* ok: for other sites */}
  </>
);
