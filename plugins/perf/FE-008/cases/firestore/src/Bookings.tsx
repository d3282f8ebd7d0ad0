import { collection, getDocs, getFirestore, limit, orderBy, query } from "firebase/firestore";
import { useEffect, useState } from "react";

async function readBookings() {
  const bookings = collection(getFirestore(), "bookings");
  const all = await getDocs(query(bookings, orderBy("day")));
  return all.docs.map((booking) => booking.data());
}

export function Bookings() {
  const [bookings, setBookings] = useState([]);
  useEffect(() => {
    readBookings().then(setBookings);
  }, []);
  return <ul>{bookings.map((booking) => <li key={booking.id}>{booking.day}</li>)}</ul>; // finding: FE-008
}
