/** The list of contents: open beside the text of a wide window, and it says where the reader is. */

import { targetOf } from "./dom.js";
import { WIDE } from "./sidenotes.js";

const READ_AT = 0.3; // of the window's height: what has passed this line is being read

/** Serve the outline of `main`, if it has one. */
export function serveOutline(main) {
  const outline = main.querySelector(".outline");
  if (!outline) return;
  const links = [...outline.querySelectorAll("a")];
  const places = links.map((link) => [link, targetOf(link)]);
  const here = outline.querySelector(".here");
  let due = 0;

  const show = () => {
    due = 0;
    const line = innerHeight * READ_AT;
    const passed = places.filter(([, heading]) => heading?.getBoundingClientRect().top <= line);
    const [current] = passed.at(-1) ?? [null];
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    here.textContent = current?.textContent ?? "";
    if (current && outline.open) keepInSight(current);
  };
  const open = () => {
    outline.open = WIDE.matches;
  };

  outline.addEventListener("click", (event) => {
    if (event.target.closest("a") && !WIDE.matches) outline.open = false;
  });
  outline.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || WIDE.matches) return;
    outline.open = false;
    outline.querySelector("summary").focus();
  });
  addEventListener("scroll", () => (due ||= requestAnimationFrame(show)), { passive: true });
  WIDE.addEventListener("change", open);
  open();
  show();
}

/** Scroll the list, never the page. */
function keepInSight(link) {
  const list = link.closest("ol");
  const { top, bottom } = link.getBoundingClientRect();
  const box = list.getBoundingClientRect();
  if (top < box.top) list.scrollTop -= box.top - top;
  if (bottom > box.bottom) list.scrollTop += bottom - box.bottom;
}
