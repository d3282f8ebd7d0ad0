export async function getServerSideProps() { probe(); return { props: {} }; }
export default function X() { return <p/>; }
