import Image from "next/image";

export const Home = () => <Image src="/hero.jpg" width={1200} height={600} alt="" />; // ok: the framework converts it; mutate: s|import Image from "next/image";||, s/<Image/<img/
