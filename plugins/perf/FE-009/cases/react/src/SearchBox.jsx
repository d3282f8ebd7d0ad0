export const SearchBox = (props) => <input value={props.text} onChange={(event) => props.setText(event.target.value)} />;
