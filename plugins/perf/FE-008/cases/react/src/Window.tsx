import { useEffect, useState } from "react";
import { FixedSizeList } from "react-window";
import { api } from "./api";

export function Messages() {
  const [messages, setMessages] = useState([]);
  useEffect(() => {
    api.get("/messages").then(({ data }) => setMessages(data));
  }, []);
  // ok: this file knows a window; mutate: s/import { FixedSizeList } from "react-window";//
  return <ul>{messages.map((message) => <li key={message.id}>{message.text}</li>)}</ul>;
}
