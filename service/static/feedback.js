/** Two buttons, up and down, and a word if the reader likes: POST /api/v1/feedback. */

import { sendJson } from "./ask.js";
import { element } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const THUMB = "M7.5 10.5v9H4v-9zl3.6-7c1.4 0 2.2 1.1 1.9 2.4l-.8 3.6H18a2 2 0 0 1 2 2.4l-1.2 6a2 2 0 0 1-2 1.6H7.5";

/** The buttons. What is sent under one id is one vote: the other button or a word changes it. */
export function voteButtons(answer, strings, below, announce, longest) {
  const vote = { id: crypto.randomUUID?.(), answer_id: answer.id }; // no id over plain HTTP: the service makes one
  const group = element("span", { class: "votes" });
  const buttons = ["up", "down"].map((verdict) => {
    const name = verdict === "up" ? strings.helpful : strings.not_helpful;
    const button = element("button", { type: "button", class: `quiet thumb ${verdict}`, "aria-pressed": "false", "aria-label": name, title: name }, thumb());
    button.addEventListener("click", () => cast(verdict));
    return button;
  });
  group.append(...buttons);
  return group;

  async function cast(verdict) {
    const before = vote.verdict;
    press(verdict);
    if (await send({ verdict })) below.replaceChildren(longest ? wordForm() : thanks());
    else press(before);
  }

  function press(verdict) {
    vote.verdict = verdict;
    ["up", "down"].forEach((name, number) =>
      buttons[number].setAttribute("aria-pressed", String(name === verdict)),
    );
  }

  async function send(more) {
    try {
      const { id } = await sendJson("/api/v1/feedback", { ...vote, ...more });
      Object.assign(vote, more, { id });
      announce(strings.thanks);
      return true;
    } catch (error) {
      const line = error.code === "offline" ? strings.errors.offline : strings.feedback_failed;
      below.replaceChildren(element("p", {}, line));
      announce(line);
      return false;
    }
  }

  function thanks() {
    return element("p", {}, strings.thanks);
  }

  function wordForm() {
    const box = element("input", { name: "comment", maxlength: longest, autocomplete: "off", "aria-label": strings.feedback_word, placeholder: strings.feedback_word });
    const form = element("form", { class: "word" }, thanks(), element("span", {}, box, element("button", {}, strings.send)));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const comment = box.value.trim();
      if (!comment || !(await send({ comment }))) return;
      below.replaceChildren(thanks());
      group.querySelector("[aria-pressed=true]").focus();
    });
    return form;
  }
}

function thumb() {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", THUMB);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}
