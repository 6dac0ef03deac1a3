/**
 * The loader: the one file that a host page runs. It puts a button into the page and, on the first
 * press, the chat into a frame of the service's own origin; `<zhujiao-chat>` puts the chat inline.
 * Nothing is fetched or stored before that, and nothing of the page outside the two is touched.
 *
 * It is one function of its strings; `GET /widget.js` serves it called with those of
 * service/messages/widget.py. No markup strings and no inline styles: it runs under
 * `script-src HOST; style-src HOST; frame-src HOST; require-trusted-types-for 'script'`.
 */
((strings) => {
  const script = document.currentScript;
  if (!script || customElements.get("zhujiao-chat")) return;

  const service = new URL(script.src).origin;
  const LOST_AFTER_MS = 1500;
  const SHEET = "(max-width: 30rem), (max-height: 30rem)";
  const SEAL =
    "M8.9 5.1C8.4 8.7 7.1 12.2 5.6 14.6L5.9 14.7C7.6 13.6 9.1 12.1 10.3 10.2H14.4V15.2H4.4L4.6 15.9H12.7C11 19.7 7.9 23.7 4 26.2L4.2 26.5C8.5 24.7 12 22.1 14.4 19V27.8H15C16.1 27.8 17.4 27.1 17.4 26.8V16C19 20.8 21.7 24.1 25.5 26.1C25.9 24.7 26.8 23.8 27.9 23.5L28 23.2C24.1 22.1 20 19.5 17.9 15.9H26.9C27.3 15.9 27.6 15.8 27.6 15.5C26.4 14.5 24.4 13 24.4 13L22.7 15.2H17.4V10.2H24.6C25 10.2 25.2 10 25.3 9.8C24.1 8.7 22.2 7.3 22.2 7.3L20.5 9.5H17.4V5.3C18.1 5.2 18.3 4.9 18.3 4.6L14.4 4.2V9.5H10.8C11.2 8.6 11.6 7.8 12 6.8C12.6 6.8 12.9 6.6 13 6.3Z";

  const COMMON = `
    * { box-sizing: border-box }
    iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; background: Canvas }
    .lost { margin: 0; padding: 1.5rem; background: Canvas; color: CanvasText; font: 1rem/1.6 system-ui, sans-serif }
    .lost a { color: LinkText }
    .lost button { display: block; min-block-size: 2.75rem; margin-block-start: 1rem; padding: .4rem 1rem; font: inherit }
    [hidden] { display: none !important }`;

  const LAUNCHER = `
    :host { all: initial !important; position: static !important; display: contents !important }
    .launcher, dialog { position: fixed; inset: auto max(1rem, env(safe-area-inset-right)) max(1rem, env(safe-area-inset-bottom)) auto; z-index: 2147483000 }
    .left { inset-inline: max(1rem, env(safe-area-inset-left)) auto }
    .launcher { display: flex; align-items: center; gap: .5rem; max-inline-size: calc(100vw - 2rem); min-block-size: 3rem; margin: 0; padding: .4rem 1.1rem .4rem .8rem;
      border: 1px solid rgb(255 255 255 / 35%); border-radius: .375rem; background: var(--accent); color: var(--on-accent);
      font: 600 1rem/1.3 system-ui, -apple-system, "Segoe UI", "PingFang TC", "Noto Sans CJK TC", sans-serif; text-align: start; cursor: pointer }
    .launcher:hover { text-decoration: underline; text-underline-offset: .2em }
    .launcher:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; box-shadow: 0 0 0 3px #fff }
    svg { flex: none; inline-size: 1.6rem; block-size: 1.6rem; fill: currentColor }
    dialog { inset-block-end: calc(max(1rem, env(safe-area-inset-bottom)) + 3.75rem); inline-size: min(27rem, 100vw - 2rem); block-size: min(43rem, 100dvh - 6.5rem);
      max-inline-size: none; max-block-size: none; margin: 0; padding: 0; overflow: hidden; border: 1px solid #8a8178; border-block-start: 3px solid var(--accent); border-radius: .375rem; background: Canvas }
    dialog:focus { outline: 0 }
    @media ${SHEET} { dialog, dialog.left { inset: 0; inline-size: 100%; block-size: 100%; border: 0; border-radius: 0 } }
    @media (prefers-reduced-motion: no-preference) {
      dialog[open] { animation: rise .18s ease-out }
      @keyframes rise { from { opacity: 0; translate: 0 .75rem } }
    }
    @media (forced-colors: active) { .launcher { border-color: ButtonText } }
    @media print { .launcher, dialog { display: none !important } }`;

  const INLINE = `
    :host { display: block; block-size: 40rem; max-block-size: 100vh; overflow: hidden; border: 1px solid #8a8178; border-radius: .375rem }
    :host([hidden]) { display: none }`;

  function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function shadow(host, rules) {
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(COMMON + rules);
    root.adoptedStyleSheets = [sheet];
    return root;
  }

  /** zh-HK -> zh-Hant, en-GB -> en; null for a language that the interface does not have. */
  function match(tag) {
    if (/^en\b/i.test(tag)) return "en";
    if (!/^zh\b/i.test(tag)) return null;
    return /\b(hant|tw|hk|mo)\b/i.test(tag) && !/hans/i.test(tag) ? "zh-Hant" : "zh-Hans";
  }

  /** The site's choice, else the language of the text it stands in, else the reader's. */
  function languageOf(at) {
    const text = at.closest("[lang]")?.lang || document.documentElement.lang;
    return [at.dataset.language, text, ...navigator.languages].map(match).find(Boolean) ?? "en";
  }

  /** The site's choice, else dark on a page whose background is dark. */
  function themeOf(at) {
    if (/^(light|dark)$/.test(at.dataset.theme)) return at.dataset.theme;
    for (const part of [document.body, document.documentElement]) {
      const { backgroundColor, colorScheme } = getComputedStyle(part);
      const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(backgroundColor);
      if (found && found[4] !== "0") return luminance(found.slice(1, 4)) < 0.179 ? "dark" : "light";
      if (colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches) return "dark";
    }
    return "light";
  }

  /** Relative luminance (WCAG 2.2) of red, green and blue, each 0 to 255. */
  function luminance(channels) {
    const [red, green, blue] = channels.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /** `tiny twin`, `tiny, twin` or, where an id itself holds a space or a comma, `["my report", "twin"]`. */
  function listed(ids) {
    return /^\s*\["/.test(ids) ? JSON.parse(ids) : ids.split(/[\s,]+/).filter(Boolean);
  }

  function address(at, path = "/embed") {
    const url = new URL(path, service);
    const { title, greeting, accent, documents = "" } = at.dataset;
    url.searchParams.set("lang", languageOf(at));
    if (path !== "/embed") return url.href;
    for (const [name, value] of Object.entries({ title, greeting, accent, theme: themeOf(at) })) {
      if (value) url.searchParams.set(name, value);
    }
    for (const id of listed(documents)) url.searchParams.append("documents", id);
    url.searchParams.set("host", location.origin);
    return url.href;
  }

  /**
   * The chat in a frame. A message counts only when it comes from this very frame and from the
   * service's origin: {zhujiao: 1, type: "ready" | "close"}; we send {zhujiao: 1, type: "open"}.
   */
  function chat(at, { ready, close }) {
    const said = strings[languageOf(at)];
    const frame = element("iframe", {
      title: at.dataset.title || said.frame_title,
      loading: "lazy",
      referrerPolicy: "no-referrer",
      allow: "clipboard-write",
    });
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-downloads allow-forms allow-popups allow-popups-to-escape-sandbox");
    const link = element("a", { href: address(at, "/"), target: "_blank", rel: "noopener" }, said.open_in_tab);
    const lost = element("p", { className: "lost", hidden: true }, said.lost, " ", link);
    if (close) lost.append(element("button", { type: "button", onclick: close }, said.close));
    let answered = false;
    const show = (whole) => {
      answered ||= whole;
      frame.hidden = !whole;
      lost.hidden = whole;
    };
    addEventListener("message", ({ source, origin, data }) => {
      if (source !== frame.contentWindow || origin !== service || data?.zhujiao !== 1) return;
      if (data.type === "ready") {
        show(true);
        ready?.();
      }
      if (data.type === "close") close?.();
    });
    frame.addEventListener("load", () => setTimeout(() => answered || show(false), LOST_AFTER_MS));
    frame.src = address(at);
    frame.style.colorScheme = lost.style.colorScheme = themeOf(at);
    return { parts: [frame, lost], tell: (type) => answered && frame.contentWindow.postMessage({ zhujiao: 1, type }, service) };
  }

  function launcher(at) {
    const said = strings[languageOf(at)];
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const seal = document.createElementNS(svg.namespaceURI, "path");
    seal.setAttribute("d", SEAL);
    svg.setAttribute("viewBox", "0 0 32 32");
    svg.setAttribute("aria-hidden", "true");
    svg.append(seal);
    const host = element("zhujiao-launcher");
    host.lang = languageOf(at);
    const root = shadow(host, LAUNCHER);
    const side = at.dataset.position === "left" ? "left" : "";
    const button = element("button", { type: "button", className: `launcher ${side}` }, svg, at.dataset.label || said.launcher);
    const panel = element("dialog", { className: side, ariaLabel: at.dataset.title || said.frame_title });
    let shown = null;

    const close = () => panel.close();
    const focus = () => {
      if (!panel.open) return;
      shown.parts[0].focus();
      shown.tell("open");
    };
    const open = () => {
      if (matchMedia(SHEET).matches) panel.showModal();
      else panel.show();
      button.ariaExpanded = "true";
      if (!shown) panel.append(...(shown = chat(at, { ready: focus, close })).parts);
      focus();
    };
    button.ariaExpanded = "false";
    button.ariaHasPopup = "dialog";
    button.addEventListener("click", () => (panel.open ? close() : open()));
    panel.addEventListener("close", () => {
      button.ariaExpanded = "false";
      button.focus();
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && panel.open) close();
    });
    colour(host, at.dataset.accent);
    root.append(button, panel);
    document.documentElement.append(host);
  }

  /** The accent, and black or white on it, whichever is easier to read (one always has 4.5 : 1). */
  function colour(host, accent = "") {
    const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(accent.trim())?.[1] ?? "a62c1c";
    const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g);
    const light = luminance(pairs.map((pair) => parseInt(pair, 16))) > 0.179;
    host.style.setProperty("--accent", `#${pairs.join("")}`);
    host.style.setProperty("--on-accent", light ? "#000" : "#fff");
  }

  customElements.define(
    "zhujiao-chat",
    class extends HTMLElement {
      connectedCallback() {
        if (!this.shadowRoot) shadow(this, INLINE).append(...chat(this, {}).parts);
      }
    },
  );
  if (script.dataset.position === "inline") return;
  if (document.body) launcher(script);
  else addEventListener("DOMContentLoaded", () => launcher(script));
});
