import { memo, useState } from "react";

const First = memo(({ done }: { done: () => void }) => <button onClick={done}>go on</button>);
const Header = memo(({ open }: { open: () => void }) => <button onClick={open}>menu</button>);

// Nothing renders it again while the first step is shown.
export function Steps() {
  const [step, setStep] = useState(1);
  return <div>{step === 1 && <First done={() => setStep(2)} />}</div>; // finding: FE-010 confidence: low
}

export function Page() {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Header open={() => setOpen(!isOpen)} /> {/* finding: FE-010 confidence: medium */}
      <input value={text} onChange={(event) => setText(event.target.value)} />
    </>
  );
}
