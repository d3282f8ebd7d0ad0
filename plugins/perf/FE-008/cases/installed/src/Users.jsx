import { useEffect, useState } from "react";

export default function Users() {
  const [users, setUsers] = useState([]);
  useEffect(() => {
    fetch("/api/users")
      .then((answer) => answer.json())
      .then(setUsers);
  }, []);
  return (
    <ul>
      {/* ok: an application of the desktop; mutate: package.json s/"electron"/"react-dom"/ */}
      {users.map((user) => (
        <li key={user.id}>{user.name}</li>
      ))}
    </ul>
  );
}
