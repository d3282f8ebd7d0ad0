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
      {/* finding: FE-008 */}
      {users.map((user) => (
        <li key={user.id}>{user.name}</li>
      ))}
    </ul>
  );
}

const broken = (;
