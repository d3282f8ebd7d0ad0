export const Home = () => <img src="/hero.jpg" alt="" />; // finding: FE-005

const broken = (;
