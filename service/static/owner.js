/** The owner's page: every choice shows at once in the preview and in the lines to paste. */

import { copy } from "./clipboard.js";

const SETTLED_MS = 300;
const form = document.querySelector(".choices");
const stage = document.querySelector(".stage");
const code = document.querySelector("[data-service]");
const button = document.querySelector(".copy");
const status = document.querySelector("[role=status]");
const own = form.elements.accent.dataset.own;
let timer = 0;

document.body.classList.add("scripted");
button.hidden = false;
for (const shown of document.querySelectorAll("[data-service] code, .of-service")) ours(shown, shown.textContent);
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, SETTLED_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
button.addEventListener("click", async () => {
  const done = await copy({ "text/plain": code.textContent });
  if (!done) getSelection().selectAllChildren(code);
  status.textContent = done ? button.dataset.copied : button.dataset.byHand;
});

async function show() {
  const query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && !(name === "accent" && value === own)));
  history.replaceState(null, "", `?${query}`);
  stage.src = `/widget/preview?${query}`;
  const response = await fetch(`/widget/snippet?${query}`);
  if (response.ok) ours(code.firstChild, await response.text());
  status.textContent = "";
}

/** Behind a proxy the server may not know by which name and scheme this page was reached. */
function ours(shown, text) {
  shown.textContent = text.replaceAll(code.dataset.service, location.origin);
}
