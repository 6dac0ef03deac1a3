/** Elements without markup strings, and the interface strings of the page. */

/** element("a", {href: "/"}, "Home") -> <a href="/">Home</a>. A null attribute is left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** format("Note {label}", {label: "39"}) -> "Note 39". */
export function format(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** What a link within the page leads to, or null. */
export function targetOf(link) {
  return document.getElementById(decodeURIComponent(link.hash.slice(1)));
}

/** The strings that the server put on the page's main element. */
export function readStrings(main) {
  return JSON.parse(main.dataset.strings);
}

/** `url` with the language that the reader chose in this page's address. */
export function keepLanguage(url) {
  const language = new URLSearchParams(location.search).get("lang");
  if (!language) return url;
  const [path, ...fragment] = url.split("#");
  const joined = `${path}${path.includes("?") ? "&" : "?"}lang=${encodeURIComponent(language)}`;
  return [joined, ...fragment].join("#");
}
