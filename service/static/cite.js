/**
 * "Cite": a small panel for a note or an answer. Three presses copy formatted text and show it, three
 * links download a file. The server writes the same panel for a browser without JavaScript.
 */

import { requestText } from "./ask.js";
import { copy } from "./clipboard.js";
import { element, format } from "./dom.js";
import { keepInside, put } from "./notes.js";

const STYLES = [["chicago", "Chicago"], ["apa", "APA"], ["gbt7714", "GB/T 7714"]];
const FILES = [["ris", "RIS"], ["bibtex", "BibTeX"], ["csl-json", "CSL-JSON"]];
let panels = 0;

/** The button that opens the panel, and the panel. `title` is said of it: "Cite note 39". */
export function citePanel(url, title, id, strings) {
  const styles = STYLES.map(([value, name]) => element("button", { name: "format", value }, name));
  const files = FILES.map(([value, name]) =>
    element("a", { href: `${url}?format=${value}`, download: "" }, name),
  );
  const row = (name, ...choices) =>
    element("div", { role: "group", "aria-label": name }, element("span", {}, name), ...choices);
  const panel = element(
    "div",
    { class: "cite-panel", id, popover: "", role: "dialog", "aria-label": title },
    element("p", { class: "cite-title" }, title),
    element("form", { action: url }, row(strings.copy, ...styles)),
    row(strings.download, ...files),
    element("p", { class: "said", "aria-live": "polite" }),
    element("p", { class: "cited", hidden: "" }),
    element("button", { type: "button", popovertarget: id, popovertargetaction: "hide" }, strings.close),
  );
  const open = element("button", { type: "button", class: "quiet", popovertarget: id, "aria-label": title });
  open.append(strings.cite);
  return element("div", { class: "cite" }, open, panel);
}

/** Serve every such panel inside `root`, now and later. */
export function serveCitations(root, strings) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.(".cite-link");
    const button = link ? panelInPlaceOf(link, strings) : event.target.closest?.(".cite > [popovertarget]");
    if (!button) return;
    event.preventDefault();
    const panel = button.nextElementSibling;
    if (panel.matches(":popover-open")) return panel.hidePopover();
    panel.showPopover({ source: button });
    put(panel, button);
    panel.querySelector("form button").focus(); // autofocus is not for frames
  });
  root.addEventListener("beforetoggle", returnFocus, { capture: true });
  root.addEventListener("submit", (event) => {
    const panel = event.target.closest(".cite-panel");
    if (!panel) return;
    event.preventDefault();
    copyFormatted(panel, event.submitter, strings);
  });
}

/** A browser gives the focus back by itself, but not from a panel that a note card opened. */
function returnFocus({ target, newState }) {
  if (newState !== "closed" || !target.matches(".cite-panel")) return;
  if (target.contains(document.activeElement)) target.previousElementSibling.focus();
}

/** A line set in its own language, so that its quotation marks are. */
function citation(line) {
  return element("span", { lang: /\p{Script=Han}/u.test(line) ? null : "en" }, line);
}

/** The button of a panel that takes the place of a plain link to a citation. */
function panelInPlaceOf(link, strings) {
  const [url] = link.getAttribute("href").split("?");
  panels += 1;
  const cite = citePanel(url, link.getAttribute("aria-label"), `cite-${panels}`, strings);
  link.replaceWith(cite);
  return cite.firstElementChild;
}

async function copyFormatted(panel, button, strings) {
  const [said, cited] = panel.querySelectorAll(".said, .cited");
  const form = button.form;
  const url = `${form.getAttribute("action")}?format=${button.value}`;
  const text = requestText(url).then((lines) => lines.trimEnd());
  try {
    const done = await copy({ "text/plain": text });
    cited.replaceChildren(...(await text).split("\n").map(citation));
    cited.hidden = false;
    const style = button.textContent;
    said.textContent = done ? format(strings.style_copied, { style }) : strings.copy_by_hand;
    keepInside(panel); // it has grown
    if (!done) getSelection().selectAllChildren(cited);
  } catch (error) {
    cited.hidden = true;
    said.textContent = strings.errors[error.code] ?? error.message;
  }
}
