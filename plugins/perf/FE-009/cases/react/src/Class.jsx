import React from "react";
import axios from "axios";

export class Search extends React.Component {
  find = (event) => {
    axios.get("/api/orders", { params: { text: event.target.value } }).then(({ data }) => this.setState({ orders: data }));
  };

  render() {
    return <input onChange={this.find} />; // finding: FE-009
  }
}
