export const Home = () => <img src="/hero.jpg" alt="" />; // perfctl: allow FE-005 -- the CDN converts it
