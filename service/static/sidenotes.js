/**
 * Notes beside the lines that cite them, where the window is wide. They are the notes at the foot of
 * the page, moved: none stands there twice, and every address and link leads to the same note.
 */

import { targetOf } from "./dom.js";

export const WIDE = matchMedia("screen and (min-width: 75rem)"); // as in reading.css
const GAP_PX = 10;

/** Serve the notes of `main` as long as the page is open. */
export function serveSidenotes(main) {
  const section = main.querySelector(".endnotes");
  if (!section) return;
  const pairs = [...section.querySelectorAll(".note")].map((note) => ({ note, mark: firstMark(note) }));
  const settle = () => {
    section.classList.toggle("beside", WIDE.matches);
    if (WIDE.matches) place(section, pairs);
  };
  new ResizeObserver(settle).observe(main.querySelector(".body"));
  WIDE.addEventListener("change", settle);
  settle();
  serveMarks(main);
}

/** Each note as high as its mark, or below the note before it; one that nothing cites comes last. */
function place(section, pairs) {
  const from = section.getBoundingClientRect().top;
  const wanted = ({ mark }) => (mark ? mark.getBoundingClientRect().top - from - GAP_PX : Infinity);
  const rows = pairs.map((pair) => ({ ...pair, top: wanted(pair), height: pair.note.offsetHeight }));
  rows.sort((one, other) => (one.top === other.top ? 0 : one.top - other.top));
  let free = 0;
  for (const { note, top, height } of rows) {
    const at = Number.isFinite(top) ? Math.max(top, free) : free;
    note.style.top = `${at}px`;
    free = at + height + GAP_PX;
  }
  section.style.minBlockSize = `${free}px`;
}

/** A mark whose note is in sight points to it; notes.js opens a card for all others. */
function serveMarks(main) {
  const over = (event, lit) => {
    const mark = event.target.closest?.(".noteref a");
    const note = mark ? noteBeside(mark) : event.target.closest?.(".beside .note");
    if (!note) return;
    note.classList.toggle("lit", lit);
    (mark ?? firstMark(note))?.classList.toggle("lit", lit);
    if (mark && lit) event.stopPropagation();
  };
  for (const type of ["pointerover", "focusin"]) main.addEventListener(type, (event) => over(event, true), true);
  for (const type of ["pointerout", "focusout"]) main.addEventListener(type, (event) => over(event, false), true);
  main.addEventListener(
    "click",
    (event) => {
      const mark = event.target.closest?.(".noteref a");
      const note = mark && !event.ctrlKey && !event.metaKey && noteBeside(mark);
      if (!note) return;
      event.preventDefault();
      event.stopPropagation();
      note.tabIndex = -1;
      note.focus({ preventScroll: true });
    },
    true,
  );
  main.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector(":popover-open")) return;
    const note = event.target.closest?.(".beside .note");
    if (note) firstMark(note)?.focus({ preventScroll: true });
  });
}

function noteBeside(mark) {
  const note = targetOf(mark);
  if (!note?.closest(".beside")) return null;
  const { top, bottom } = note.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight ? note : null;
}

function firstMark(note) {
  const back = note.querySelector(".back");
  return back && targetOf(back);
}
