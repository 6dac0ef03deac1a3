/** An Answer object -> elements: quotations with their note marks, and the notes at their foot. */

import { citePanel } from "./cite.js";
import { element, format, keepLanguage } from "./dom.js";

/**
 * Everything to show for an answer. `prefix` keeps the ids of several answers on one page apart;
 * `link(url)` may rewrite addresses, as the widget must.
 */
export function answerElements(answer, strings, prefix, link = keepLanguage) {
  const set = { strings, prefix, link };
  if (answer.status === "not_found") return [notFound(answer, set)];
  const notes = notesOf(answer);
  const quoted = quotationsOf(answer);
  return [
    ...quoted.map((citation, number) => quotation(citation, set, quoted[number - 1])),
    ...(notes.length ? [notesSection(notes, set)] : []),
  ];
}

/** The citations that are shown as quotations; one from a note is shown as that note. */
export function quotationsOf(answer) {
  return answer.citations.filter((citation) => citation.target === "body");
}

/**
 * The notes of an answer, each once, in order; on the basis of the sentence if any quotation
 * has it so, and `cited` where a note is itself quoted.
 */
export function notesOf(answer) {
  const notes = new Map();
  for (const citation of answer.citations) {
    for (const note of citation.notes) {
      const key = noteKey(citation, note.footnote_id);
      if (!notes.has(key)) notes.set(key, { ...note, key, document_id: citation.document_id });
      if (note.basis === "sentence") notes.get(key).basis = note.basis;
      if (citation.footnote_id === note.footnote_id) notes.get(key).cited = citation;
    }
  }
  return [...notes.values()];
}

/** Runs of text as the server cut them. A `raw` run is source markup: kept in the text, not shown. */
export function runElement(run) {
  if (run.kind === "em") return element("em", {}, run.text);
  if (run.kind === "raw") return element("span", { class: "raw" }, run.text);
  if (run.kind === "link" && /^https?:\/\//.test(run.href)) {
    return element("a", { href: run.href, rel: "noopener noreferrer external" }, run.text);
  }
  return document.createTextNode(run.text);
}

function noteKey(citation, footnoteId) {
  return `${citation.document_id}-${footnoteId}`;
}

/** The place is named once for quotations that follow one another in a section. */
function quotation(citation, set, before) {
  const runs = citation.runs.map((run) =>
    run.kind === "mark" ? noteref(run, citation, set) : runElement(run),
  );
  const quote = element("blockquote", { lang: citation.lang, cite: citation.url });
  quote.append(element("p", {}, ...runs));
  const named = before?.document_id !== citation.document_id || before.section_id !== citation.section_id;
  return element("div", { class: "quoted" }, quote, place(citation, set, named));
}

function noteref(run, citation, { strings, prefix }) {
  const note = citation.notes.find((shown) => shown.footnote_id === run.footnote_id);
  const link = element("a", {
    href: `#${prefix}-${noteKey(citation, run.footnote_id)}`,
    role: "doc-noteref",
    "aria-label": format(strings.note, { label: run.text }),
  }, run.text);
  return element("sup", { class: `noteref ${note?.basis ?? ""}`.trim() }, link);
}

function place(citation, { strings, link }, named = true) {
  const path = element("span", { lang: citation.document_lang }, steps(citation));
  return element(
    "p",
    { class: "place" },
    ...(named ? [path, " "] : []),
    element("a", { href: link(citation.url) }, strings.read_in_place),
  );
}

/** The publication and the path to a section; with `link`, its last step is a link. */
function steps({ document_title, section_path }, link = null) {
  const named = section_path.map(({ heading, url }, number) => {
    const name = heading.replace(" ", "\u00a0"); // no label at the end of a line
    const last = link && number === section_path.length - 1;
    return element("span", {}, last ? element("a", { href: link(url) }, name) : name);
  });
  return element("span", { class: "steps" }, element("span", { class: "publication" }, document_title), ...named);
}

function notesSection(notes, set) {
  const list = element("ol", {}, ...notes.map((note) => noteItem(note, set)));
  return element("div", { class: "notes", role: "group", "aria-label": set.strings.notes }, list);
}

function noteItem(note, set) {
  const words = element("p", { class: "words", lang: note.lang }, ...note.runs.map(runElement));
  const body = element("div", {}, words, ...resolvedLines(note, set));
  if (note.basis === "passage") {
    body.append(element("p", { class: "basis" }, set.strings.note_of_passage));
  }
  if (note.cited) body.append(place(note.cited, set));
  const label = element("span", { class: "label" }, note.label);
  const id = `${set.prefix}-${note.key}`;
  const title = format(set.strings.cite_note, { label: note.label });
  const cite = citePanel(note.cite_url, title, `${id}-cite`, set.strings);
  return element("li", { class: "note", id }, label, body, cite);
}

/** "Supra → Note 4: Heiduk and Wilkins, ..." for a note that points to another. */
function resolvedLines(note, { strings, link }) {
  const kind = note.kind === "ibid" ? strings.ibid : strings.supra;
  return note.resolved
    .filter((work) => work.footnote_id !== note.footnote_id && work.short)
    .map((work) => {
      const [before, after] = strings.resolved.split("{note}");
      const note = format(strings.note, { label: work.label });
      const target = element("a", { href: link(work.url) }, note);
      return element(
        "p",
        { class: "resolved" },
        format(before, { kind }),
        target,
        format(after, { work: work.short }),
      );
    });
}

function notFound(answer, { link }) {
  const near = answer.nearest.map((section) =>
    element("li", { lang: section.lang }, steps(section, link)),
  );
  return element(
    "div",
    { class: "not-found" },
    element("p", { lang: answer.language }, answer.refusal.statement),
    element("p", { lang: answer.language }, answer.refusal.lead),
    ...(near.length ? [element("ul", {}, ...near)] : []),
  );
}
