import { useState } from "react";
import axios from "axios";

export const Settings = () => {
  const [inputs, setInputs] = useState({});

  const save = async (key, value) => {
    await axios.put("/api/option", { key, value });
  };

  const change = async (event, { name, value }) => {
    if (name.endsWith("Enabled")) {
      await save(name, value);
    } else {
      setInputs({ ...inputs, [name]: value });
    }
  };

  // ok: what is typed is kept, only the boxes beside it are saved at once; mutate: s/if (name.endsWith("Enabled")) {/{/ s/    } else {/    }\n    {/
  return <textarea name="Notice" value={inputs.Notice} onChange={change} />;
};
