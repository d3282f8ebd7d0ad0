import { Button } from "@mui/material";

export const App = () => <Button />;
