module.exports = {
  // ok: Next.js compresses by itself; mutate: s/compress: true/compress: false/
  compress: true,
  reactStrictMode: true,
};
