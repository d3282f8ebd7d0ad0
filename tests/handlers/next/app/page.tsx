export default async function Page() { probe(); return <p/>; }
