import localFont from "next/font/local";
import { Roboto } from "next/font/google";

const roboto = Roboto({ subsets: ["latin"] }); // ok: one script
const inter = localFont({ src: "./fonts/Inter.woff2" }); // finding: FE-004

export default function Layout({ children }) {
  return <html className={`${inter.className} ${roboto.className}`}>{children}</html>;
}
