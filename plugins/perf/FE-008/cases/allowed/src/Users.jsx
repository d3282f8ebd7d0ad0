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
      {users.map((user) => ( // perfctl: allow FE-008 -- a club has forty members at most
        <li key={user.id}>{user.name}</li>
      ))}
    </ul>
  );
}
