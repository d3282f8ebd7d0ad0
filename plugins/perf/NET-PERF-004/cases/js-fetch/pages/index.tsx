export default function Home({ rates }) {
  const reload = async () => {
    await fetch("https://rates.example/now"); // ok: runs in the browser
  };
  return <button onClick={reload}>{rates}</button>;
}

export const getServerSideProps = async () => {
  const answer = await fetch("https://rates.example/now"); // finding: NET-PERF-004
  return { props: { rates: await answer.text() } };
};
