import { useEffect, useState } from "react";

export function Jobs() {
  const [jobs, setJobs] = useState([]);
  useEffect(() => {
    fetch("/api/jobs").then((answer) => answer.json()).then(setJobs);
  }, []);
  // ok: the server gives twenty where it is asked for no number; mutate: lib/jobs.ts s/limit: number = 20) {/until: number = 20) {/
  return <ul>{jobs.map((job) => <li key={job.id}>{job.name}</li>)}</ul>;
}

export function Events() {
  const [events, setEvents] = useState([]);
  useEffect(() => {
    fetch("/api/events").then((answer) => answer.json()).then(setEvents);
  }, []);
  return <ul>{events.map((event) => <li key={event.id}>{event.name}</li>)}</ul>; // finding: FE-008
}

export function Messages({ linkId }) {
  const [messages, setMessages] = useState([]);
  useEffect(() => {
    fetch(`/api/messages?linkId=${linkId}`).then((answer) => answer.json()).then(setMessages);
  }, [linkId]);
  // ok: those of one link; mutate: s/?linkId=${linkId}/?sort=${linkId}/
  return <ul>{messages.map((message) => <li key={message.id}>{message.text}</li>)}</ul>;
}
