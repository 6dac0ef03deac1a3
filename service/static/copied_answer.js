/**
 * An Answer object -> {text, html} to paste: each quotation with its place, then the notes under
 * their own numbers. What pages hide (source markup) stays out.
 *
 *     "… the inner core. [39]\n— The chapter › Three › TSD <https://…#q=120-158>\n\n[39] Wilkins, …"
 */

import { notesOf, quotationsOf } from "./answer.js";
import { element, format } from "./dom.js";

export function copiedAnswer(answer, strings, origin = location.origin) {
  const quotes = quotationsOf(answer);
  const lines = [
    ...quotes.flatMap((citation) => [
      { tag: "blockquote", lang: citation.lang, runs: citation.runs },
      { tag: "p", lang: citation.lang, runs: placeRuns(citation, origin), last: true },
    ]),
    ...notesByPublication(answer).flatMap((notes) => noteLines(notes, strings)),
  ];
  return { text: asText(lines), html: asHtml(lines) };
}

function placeRuns(citation, origin) {
  const steps = citation.section_path.map(({ heading }) => heading);
  const path = [citation.document_title, ...steps].join(" › ");
  return [
    { kind: "text", text: "— " },
    { kind: "place", text: path, href: origin + citation.url },
  ];
}

/** Numbers of two publications may be the same: each has its notes under its own title. */
function notesByPublication(answer) {
  const titles = new Map(answer.citations.map((c) => [c.document_id, c.document_title]));
  const groups = [...titles].map(([id, title]) => ({
    title: titles.size > 1 ? title : null,
    notes: notesOf(answer).filter((note) => note.document_id === id),
  }));
  return groups.filter((group) => group.notes.length);
}

function noteLines({ title, notes }, strings) {
  const heading = title ? [{ tag: "p", runs: [{ kind: "text", text: title }] }] : [];
  const lines = notes.map((note, number) => ({
    tag: "p",
    lang: note.lang,
    runs: [{ kind: "mark", text: note.label }, { kind: "text", text: " " }, ...note.runs, ...resolvedRuns(note, strings)],
    last: number === notes.length - 1,
  }));
  return [...heading, ...lines];
}

function resolvedRuns(note, strings) {
  const kind = note.kind === "ibid" ? strings.ibid : strings.supra;
  return note.resolved
    .filter((work) => work.footnote_id !== note.footnote_id && work.short)
    .map((work) => {
      const target = format(strings.note, { label: work.label });
      return { kind: "text", text: ` (${format(strings.resolved, { kind, note: target, work: work.short })})` };
    });
}

function asText(lines) {
  const written = lines.map(({ runs, last }) => runs.map(runText).join("") + (last ? "\n" : ""));
  return written.join("\n").trimEnd();
}

function runText({ kind, text, href }) {
  if (kind === "raw") return "";
  if (kind === "mark") return `[${text}]`;
  return kind === "place" ? `${text} <${href}>` : text;
}

function asHtml(lines) {
  const made = lines.map(({ tag, lang, runs }) =>
    element(tag, { lang }, ...runs.filter(({ kind }) => kind !== "raw").map(runMarkup)),
  );
  return element("div", {}, ...made).outerHTML;
}

function runMarkup({ kind, text, href }) {
  if (kind === "mark") return element("sup", {}, text);
  if (kind === "em") return element("em", {}, text);
  return href ? element("a", { href }, text) : text;
}
