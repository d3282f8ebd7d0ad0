import { useEffect, useState } from "react";
import { api } from "./api";

export function Products() {
  const [products, setProducts] = useState([]);
  useEffect(() => {
    api.get("/products", { params: { limit: 50 } }).then(({ data }) => setProducts(data));
  }, []);
  // ok: asks for fifty; mutate: s/, { params: { limit: 50 } }//
  return <ul>{products.map((product) => <li key={product.id}>{product.name}</li>)}</ul>;
}

export function Customers() {
  const [customers, setCustomers] = useState([]);
  useEffect(() => {
    api.get("/customers").then(({ data }) => setCustomers(data));
  }, []);
  // ok: twenty of them are shown; mutate: s/.slice(0, 20)//
  return <ul>{customers.slice(0, 20).map((customer) => <li key={customer.id}>{customer.name}</li>)}</ul>;
}

export function Comments({ post }) {
  const [comments, setComments] = useState([]);
  useEffect(() => {
    api.get(`/posts/${post}/comments`).then(({ data }) => setComments(data));
  }, [post]);
  // ok: those of one post; mutate: s=`/posts/${post}/comments`="/comments"=
  return <ul>{comments.map((comment) => <li key={comment.id}>{comment.text}</li>)}</ul>;
}

export function Tags() {
  const [tags, setTags] = useState([]);
  useEffect(() => {
    api.get("/tags").then(({ data }) => setTags(data));
  }, []);
  return <ul>{tags.map((tag) => <li key={tag}>{tag}</li>)}</ul>; // ok: nothing says that there are many
}

export function ChooseUser() {
  const [users, setUsers] = useState([]);
  useEffect(() => {
    api.get("/users").then(({ data }) => setUsers(data));
  }, []);
  // ok: choices of a field, which are mended otherwise
  return <select>{users.map((user) => <option key={user.id}>{user.name}</option>)}</select>;
}

export function Invoices({ invoices }) {
  return <ul>{invoices.map((invoice) => <li key={invoice.id}>{invoice.total}</li>)}</ul>; // ok: the caller knows how many
}

export function Names() {
  const [events, setEvents] = useState([]);
  useEffect(() => {
    api.get("/events").then(({ data }) => setEvents(data));
  }, []);
  return <p>{events.map((event) => event.name).join(", ")}</p>; // ok: no rows
}
