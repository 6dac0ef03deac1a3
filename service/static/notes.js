/**
 * The note card: hover, focus or tap on a note mark opens the note it links to, beside the mark
 * or, on a phone, at the foot of the screen. Esc, a tap elsewhere or the button closes it. A card
 * opened by a tap or Enter is pinned: it stays when pointer or focus leave, and Tab goes into it.
 */

import { element, targetOf } from "./dom.js";

const GAP_PX = 10;
const OPEN_AFTER_MS = 120;
const CLOSE_AFTER_MS = 250;

/** Serve every note mark inside `root`, now and later. `follow` adds a link to the note itself. */
export function serveNotes(root, strings, { follow = false } = {}) {
  const card = element("div", { class: "card", popover: "auto", role: "dialog" });
  root.append(card);
  const shown = { mark: null, pinned: false, timer: 0 };

  const open = (mark, pinned) => {
    const note = targetOf(mark);
    if (!note) return false;
    clearTimeout(shown.timer);
    if (card.matches(":popover-open")) {
      if (shown.mark === mark && (shown.pinned || !pinned)) return true;
      card.hidePopover();
    }
    fill(card, note, mark, strings, follow);
    card.showPopover(pinned ? { source: mark } : {});
    mark.setAttribute("aria-expanded", "true");
    put(card, mark);
    Object.assign(shown, { mark, pinned });
    return true;
  };

  const later = (act, delay) => {
    clearTimeout(shown.timer);
    shown.timer = setTimeout(act, delay);
  };
  const close = () => {
    if (!shown.pinned && card.matches(":popover-open")) card.hidePopover();
  };

  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed") shown.mark?.removeAttribute("aria-expanded");
  });
  card.addEventListener("pointerenter", () => clearTimeout(shown.timer));
  card.addEventListener("pointerleave", () => later(close, CLOSE_AFTER_MS));
  card.addEventListener("click", (event) => {
    if (event.target.closest(".card-foot button, a[href^='#']")) card.hidePopover();
  });
  root.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (mark && !event.ctrlKey && !event.metaKey && open(mark, true)) event.preventDefault();
  });
  root.addEventListener("pointerover", (event) => {
    const mark = event.pointerType === "mouse" && markOf(event);
    if (mark) later(() => open(mark, false), OPEN_AFTER_MS);
  });
  root.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && markOf(event)) later(close, CLOSE_AFTER_MS);
  });
  root.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (!mark?.matches(":focus-visible") || card.contains(event.relatedTarget)) return;
    later(() => open(mark, false), OPEN_AFTER_MS);
  });
  root.addEventListener("focusout", (event) => {
    if (markOf(event)) later(close, CLOSE_AFTER_MS);
  });
}

function markOf(event) {
  return event.target.closest?.(".noteref a") ?? null;
}

function fill(card, note, mark, strings, follow) {
  const copy = note.cloneNode(true);
  copy.removeAttribute("id");
  for (const back of copy.querySelectorAll(".back")) back.remove();
  for (const panel of copy.querySelectorAll(".cite-panel")) {
    const id = panel.id;
    panel.id = `${id}-in-card`;
    for (const button of copy.querySelectorAll(`[popovertarget]`)) button.popoverTargetElement = panel;
  }
  const foot = element("div", { class: "card-foot" });
  if (follow) foot.append(element("a", { href: mark.hash }, strings.go_to_note));
  foot.append(element("button", { type: "button" }, strings.close));
  card.setAttribute("aria-label", mark.getAttribute("aria-label"));
  card.replaceChildren(element("ol", {}, copy), foot);
}

/** Below what opened it where there is room, else above it; the style sheet places it on a phone. */
export function put(card, mark) {
  card.style.removeProperty("left");
  card.style.removeProperty("top");
  if (getComputedStyle(card).bottom === "0px") return;
  const at = mark.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const column = document.querySelector("main").getBoundingClientRect();
  const last = Math.min(Math.max(column.right, at.right), innerWidth - GAP_PX) - width;
  const first = Math.max(Math.min(column.left, at.left), GAP_PX);
  const left = Math.max(Math.min(at.left - width / 4, last), first);
  const below = at.bottom + GAP_PX;
  const top = below + height < innerHeight ? below : Math.max(at.top - height - GAP_PX, GAP_PX);
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}

/** Up, but no more than it must be, where a card hangs out of the window. */
export function keepInside(card) {
  const { top, bottom } = card.getBoundingClientRect();
  const out = bottom + GAP_PX - innerHeight;
  if (card.style.top && out > 0) card.style.top = `${Math.max(top - out, GAP_PX)}px`;
}
