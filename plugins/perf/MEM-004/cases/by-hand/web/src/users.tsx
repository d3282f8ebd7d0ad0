import { useEffect } from "react";

const users = new Map<string, string>(); // ok: a page, whose memory goes when it is left

export function User({ userId }: { userId: string }) {
  useEffect(() => {
    users.set(userId, userId);
  }, [userId]);
  return <p>{userId}</p>;
}
