import $ from "jquery";

async function search(event) {
  const answer = await fetch(`/search?q=${event.target.value}`);
  document.querySelector("#found").innerHTML = await answer.text();
}

document.querySelector("#q").addEventListener("input", search); // finding: FE-009 confidence: medium
$("#name").on("keyup", search); // finding: FE-009 confidence: medium
document.querySelector("#q").addEventListener("change", search); // ok: once, when the field is left; mutate: s/"change"/"input"/

function send() {
  return fetch("/signup", { method: "POST" });
}

// ok: the key that ends the typing; mutate: s/event.which == 13/event.isTrusted/
document.querySelector("#email").addEventListener("keyup", function (event) {
  if (event.which == 13) {
    return send();
  }
});
