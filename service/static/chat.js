/** The conversation on the first page. The history lives in this page and in its history entry only. */

import { answerElements, notesOf, quotationsOf } from "./answer.js";
import { answerTools } from "./answer_tools.js";
import { ask } from "./ask.js";
import { serveCitations } from "./cite.js";
import { element, format, readStrings } from "./dom.js";
import { serveNotes } from "./notes.js";

const STAGE_SAID_AFTER_MS = 1000;
const main = document.querySelector("main");
const strings = readStrings(main);
const form = main.querySelector(".ask");
const box = form.elements.question;
const button = form.querySelector("button");
const turns = main.querySelector(".turns");
const status = main.querySelector("[role=status]");
const documents = JSON.parse(main.dataset.documents);
const mostTurns = Number(main.dataset.history);
const answers = [];
const asked = [...form.querySelectorAll("[name=history]")].map((field) => field.value);
let running = null;

serveNotes(main, strings);
serveCitations(main, strings);
form.noValidate = true; // an empty box must not keep the button from stopping a question
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) running.abort();
  else askNow(box.value);
});
main.querySelector(".suggestions")?.addEventListener("submit", (event) => {
  event.preventDefault();
  askNow(event.submitter.value);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey) return;
  if (event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (!running) form.requestSubmit();
});
for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", (event) => {
    if (!answers.length && !box.value) return;
    event.preventDefault();
    history.replaceState(null, "", link.href);
    location.reload();
  });
}
addEventListener("beforeunload", remember);
main.querySelector(".start-over").addEventListener("click", () => {
  removeEventListener("beforeunload", remember);
  history.replaceState(null, "");
});
restore();
// Enter pressed before this script had come broke the line instead of asking.
if (document.activeElement === box && box.value.endsWith("\n")) askNow(box.value);

/** Ask what was written, show what happens, and keep the answer for the next follow-up. */
async function askNow(written) {
  const question = written.trim();
  if (!question) return;
  for (const failed of turns.querySelectorAll(".turn:has(.fault)")) {
    if (failed.firstElementChild.textContent === question) failed.remove();
  }
  const turn = openTurn(question);
  bringUp(turn);
  keepFocus(turn);
  running = new AbortController();
  button.textContent = strings.stop;
  box.value = "";
  const earlier = asked.slice(Math.max(asked.length - mostTurns, 0)).map((text) => ({ question: text }));
  const slow = setTimeout(() => say(turn.querySelector(".stage").textContent), STAGE_SAID_AFTER_MS);
  try {
    const answer = await ask(
      { question, history: earlier, documents },
      { signal: running.signal, onStage: (stage) => showStage(turn, stage) },
    );
    keep(answer);
    showAnswer(turn, answer);
    bringUp(turn);
    announce(answer);
  } catch (error) {
    showFault(turn, question, error);
  } finally {
    clearTimeout(slow);
    running = null;
    button.textContent = strings.ask;
    turn.removeAttribute("aria-busy");
  }
}

function openTurn(question) {
  document.body.classList.add("talking");
  form.querySelector("label").textContent = strings.follow_up_label;
  box.placeholder = strings.follow_up_placeholder;
  const turn = element("section", { class: "turn", "aria-busy": "true" });
  turn.append(element("h2", {}, question), element("p", { class: "stage" }, strings.working));
  turns.append(turn);
  return turn;
}

/** A suggestion or "Try again" goes when it is pressed; the focus must not go with it. */
function keepFocus(turn) {
  if (form.contains(document.activeElement)) return;
  turn.firstElementChild.tabIndex = -1;
  turn.firstElementChild.focus({ preventScroll: true });
}

/** To the top of this page; scrollIntoView would move the page around a frame, too. */
function bringUp(turn) {
  const { scrollPaddingBlockStart } = getComputedStyle(document.documentElement);
  scrollBy({ top: turn.getBoundingClientRect().top - (parseFloat(scrollPaddingBlockStart) || 0) });
}

function showStage(turn, stage) {
  turn.querySelector(".stage").textContent = strings[stage] ?? strings.working;
}

function showAnswer(turn, answer) {
  const prefix = `a${answers.length}`; // a place among the turns would change when a failed one goes
  turn.querySelector(".stage")?.remove();
  turn.querySelector("h2").lang = answer.language;
  turn.append(...answerElements(answer, strings, prefix), ...toolsFor(answer, prefix));
}

function toolsFor(answer, prefix) {
  const { feedback, comment } = main.dataset;
  const votes = feedback === "on" ? { longest: Number(comment) } : null;
  return answerTools(answer, strings, prefix, { announce: say, votes });
}

function say(line) {
  status.textContent = line;
}

function announce(answer) {
  const counts = { quotes: quotationsOf(answer).length, notes: notesOf(answer).length };
  const said = answer.status === "answered" ? strings.announce_answered : strings.announce_not_found;
  say(format(said, counts));
}

function showFault(turn, question, error) {
  const line =
    error.name === "AbortError" ? strings.stopped : (strings.errors[error.code] ?? error.message);
  const again = element("button", { type: "button" }, strings.retry);
  again.addEventListener("click", () => askNow(question));
  turn.querySelector(".stage")?.remove();
  turn.append(element("p", { class: "fault" }, line), again);
  say(line);
  if (error.waitSeconds) countDown(again, error.waitSeconds);
  if (!box.value) box.value = question;
}

/** "Try again in 7 s", until the service takes questions again. */
function countDown(again, seconds) {
  again.disabled = seconds > 0;
  again.textContent = seconds > 0 ? format(strings.retry_in, { seconds }) : strings.retry;
  if (seconds > 0) setTimeout(() => countDown(again, seconds - 1), 1000);
}

function keep(answer) {
  answers.push(answer);
  asked.push(answer.question);
  remember();
}

function remember() {
  history.replaceState({ answers, draft: box.value }, "");
}

/** After "back", a reload or a change of language: the conversation as it was. */
function restore() {
  const { answers: kept = [], draft = "" } = history.state ?? {};
  for (const turn of turns.querySelectorAll("[data-answer]")) {
    const answer = JSON.parse(turn.dataset.answer);
    turn.querySelector(".tools")?.remove();
    turn.append(...toolsFor(answer, "a0"));
    answers.push(answer);
  }
  const written = new Set(answers.map(({ id }) => id));
  for (const answer of kept.filter(({ id }) => !written.has(id))) {
    const turn = openTurn(answer.question);
    turn.removeAttribute("aria-busy");
    answers.push(answer);
    asked.push(answer.question);
    showAnswer(turn, answer);
  }
  box.value ||= draft;
}
