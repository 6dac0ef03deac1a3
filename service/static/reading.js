/** The reading view: marks the span that the address names (`#q=120-158`) and opens notes in place. */

import { serveCitations } from "./cite.js";
import { element, readStrings } from "./dom.js";
import { serveNotes } from "./notes.js";
import { serveOutline } from "./outline.js";
import { serveSidenotes } from "./sidenotes.js";

const main = document.querySelector("main");
const body = main.querySelector(".body");
const strings = readStrings(main);

serveSidenotes(main);
serveNotes(main, strings, { follow: true });
serveCitations(main, strings);
serveOutline(main);
addEventListener("hashchange", markAddressed);
markAddressed();

function markAddressed() {
  const named = /^#q=(\d{1,9})-(\d{1,9})$/.exec(location.hash);
  if (!named) return;
  clearMarks();
  markSpan(Number(named[1]), Number(named[2]));
  body.querySelector("mark")?.scrollIntoView({ block: "center" });
}

function clearMarks() {
  for (const mark of body.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  body.normalize();
}

/** Wrap the code points from `start` to `end` of the document, wherever they stand, in <mark>. */
function markSpan(start, end) {
  const pieces = [];
  for (const leaf of body.querySelectorAll("[data-start]")) {
    let offset = Number(leaf.dataset.start);
    for (const node of textNodes(leaf)) {
      const length = [...node.data].length;
      const from = Math.max(start, offset);
      const to = Math.min(end, offset + length);
      if (from < to) pieces.push([node, from - offset, to - offset]);
      offset += length;
    }
  }
  for (const [node, from, to] of pieces) wrap(node, from, to);
}

/** The text nodes of a leaf that are publication text; a note mark's number is not. */
function textNodes(leaf) {
  const walker = document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".noteref") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function wrap(node, from, to) {
  const points = [...node.data];
  const units = (count) => points.slice(0, count).join("").length;
  const rest = node.splitText(units(from));
  rest.splitText(units(to) - units(from));
  const mark = element("mark");
  rest.replaceWith(mark);
  mark.append(rest);
}
