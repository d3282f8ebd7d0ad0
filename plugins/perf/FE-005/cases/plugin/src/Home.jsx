export const Home = () => <img src="/hero.jpg" alt="" />; // ok: the build converts it; mutate: package.json s/vite-imagetools/vite-other/
