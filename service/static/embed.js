/**
 * The chat inside a frame: the conversation of the first page, links that open tabs, and the
 * channel to the page around it. We send {zhujiao: 1, type: "ready" | "close"} to the one origin
 * that the server found listed, and heed {zhujiao: 1, type: "open"} from our parent at that origin.
 */

import "./chat.js";

const main = document.querySelector("main");
const shut = document.querySelector(".shut");
const asked = new URLSearchParams(location.search).get("host");
const host = main.dataset.host || (asked === location.origin ? asked : null);

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || origin !== host || data?.zhujiao !== 1 || data.type !== "open") return;
  shut.hidden = false;
  const focused = matchMedia("(pointer: coarse)").matches ? main : main.querySelector("textarea");
  focused.focus({ preventScroll: true });
});
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href]:not([download], [href^='#'], .start-over)");
  if (link) link.target = "_blank";
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
  if (!document.querySelector(":popover-open")) tell("close");
});
shut.addEventListener("click", () => tell("close"));
if (parent !== window) tell("ready");

function tell(type) {
  if (host) parent.postMessage({ zhujiao: 1, type }, host);
}
