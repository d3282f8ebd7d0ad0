export const Users = () => <h1>Users</h1>;
