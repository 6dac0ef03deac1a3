/** What a reader can do with an answer: copy it, cite it, link to it, say whether it was good. */

import { citePanel } from "./cite.js";
import { copy } from "./clipboard.js";
import { copiedAnswer } from "./copied_answer.js";
import { element } from "./dom.js";
import { voteButtons } from "./feedback.js";

/** Longest address that every server and proxy on the way takes. */
const LONGEST_URL = 4000;

/**
 * The row under an answer, and the place for what comes of it. `announce` says a line to screen
 * readers; `votes` is null where none are taken, else {longest: characters of a comment}.
 */
export function answerTools(answer, strings, prefix, { announce, votes }) {
  const below = element("div", { class: "below" });
  const row = element("div", { class: "tools", role: "group", "aria-label": strings.this_answer });
  if (answer.citations.length) row.append(copyButton(answer, strings, below, announce));
  if (answer.cite_url) {
    row.append(citePanel(answer.cite_url, strings.cite_answer, `${prefix}-cite`, strings));
  }
  row.append(linkButton(answer, strings, below, announce));
  if (votes) row.append(voteButtons(answer, strings, below, announce, votes.longest));
  return [row, below];
}

function quiet(label, pressed) {
  const button = element("button", { type: "button", class: "quiet" }, label);
  button.addEventListener("click", () => pressed(button));
  return button;
}

function copyButton(answer, strings, below, announce) {
  return quiet(strings.copy, async () => {
    const content = copiedAnswer(answer, strings);
    const done = await copy({ "text/plain": content.text, "text/html": content.html });
    const said = done ? strings.answer_copied : strings.copy_by_hand;
    const shown = element("p", {}, said);
    if (done) below.replaceChildren(shown);
    else {
      const box = element("textarea", { readonly: "", rows: 6, "aria-label": strings.copy });
      box.value = content.text;
      below.replaceChildren(shown, box);
      box.select();
    }
    announce(said);
  });
}

function linkButton(answer, strings, below, announce) {
  return quiet(strings.link, async () => {
    const url = location.origin + answer.url;
    if (url.length > LONGEST_URL) {
      below.replaceChildren(element("p", {}, strings.link_too_long));
      announce(strings.link_too_long);
      return;
    }
    const box = element("input", { readonly: "", "aria-label": strings.link });
    box.value = url;
    const done = await copy({ "text/plain": url });
    const said = done ? strings.copied : strings.copy_by_hand;
    below.replaceChildren(element("p", {}, said), box, element("p", {}, strings.link_holds));
    if (!done) box.select();
    announce(`${said} ${strings.link_holds}`);
  });
}
