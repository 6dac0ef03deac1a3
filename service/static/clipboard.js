/** Put text on the clipboard in several types at once. */

/**
 * copy({"text/plain": "…", "text/html": "<p>…"}) -> whether it could be done; if not, the caller shows
 * the text for copying by hand. A value may be a promise, so that a press which must fetch first
 * still counts as a press; a promise that fails is thrown on.
 */
export async function copy(texts) {
  try {
    await navigator.clipboard.write([new ClipboardItem(blobs(texts))]);
    return true;
  } catch {
    const found = Object.entries(texts).map(async ([type, text]) => [type, await text]);
    return copyByCommand(await Promise.all(found));
  }
}

function blobs(texts) {
  const made = Object.entries(texts).map(([type, text]) => [
    type,
    Promise.resolve(text).then((found) => new Blob([found], { type })),
  ]);
  return Object.fromEntries(made);
}

/** The old way, for pages over plain HTTP and frames without leave for the new one. */
function copyByCommand(texts) {
  let done = false;
  const fill = (event) => {
    event.preventDefault();
    for (const [type, text] of texts) event.clipboardData.setData(type, text);
    done = true;
  };
  getSelection().selectAllChildren(document.body); // with nothing selected browsers copy nothing
  document.addEventListener("copy", fill, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  getSelection().removeAllRanges();
  return done;
}
