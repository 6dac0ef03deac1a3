/** The client of POST /api/v1/ask: a question -> stages, then the Answer. */

/** A refusal or failure; `code` is one of the service's, or "offline". */
export class AskError extends Error {
  constructor(code, message, requestId, waitSeconds = 0) {
    super(message);
    this.code = code;
    this.requestId = requestId;
    this.waitSeconds = waitSeconds;
  }
}

/**
 * Ask, and return the Answer object.
 * @param {{question: string, history?: {question: string}[], documents?: string[], language?: string}} body
 * @param {{onStage?: (stage: string) => void, signal?: AbortSignal, base?: string}} options
 */
export async function ask(body, { onStage = () => {}, signal, base = "" } = {}) {
  const response = await post(`${base}/api/v1/ask`, body, "text/event-stream", signal);
  for await (const { name, content } of events(response.body)) {
    if (name === "stage") onStage(content.stage);
    if (name === "answer") return content;
    if (name === "error") throw asError(content);
  }
  throw new AskError("offline", "The stream ended without an answer.");
}

/** Send `body` as JSON, and return the JSON that comes back. */
export async function sendJson(url, body) {
  return (await post(url, body, "application/json")).json();
}

/** The text at an address of ours. */
export async function requestText(url) {
  const response = await request(url, {});
  return response.text().catch(unreachable);
}

function post(url, body, accept, signal) {
  const headers = { "Content-Type": "application/json", Accept: accept };
  return request(url, { method: "POST", headers, body: JSON.stringify(body), signal });
}

async function request(url, options) {
  const response = await fetch(url, { credentials: "omit", ...options }).catch(unreachable);
  if (!response.ok) throw await refusal(response);
  return response;
}

function unreachable(error) {
  throw error.name === "AbortError" ? error : new AskError("offline", error.message);
}

async function refusal(response) {
  const wait = Number(response.headers.get("Retry-After")) || 0;
  try {
    return asError(await response.json(), wait);
  } catch {
    return new AskError("internal_error", response.statusText, "", wait);
  }
}

/** Within a stream the error itself says how long to wait; its headers have gone out before. */
function asError({ error }, wait = error.retry_after ?? 0) {
  return new AskError(error.code, error.message, error.request_id, wait);
}

/** The events of a server-sent stream: blocks of lines, each ended by an empty line. */
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read().catch(unreachable);
    if (done) return;
    const blocks = (waiting + value).split("\n\n");
    waiting = blocks.pop();
    for (const block of blocks) {
      const event = readEvent(block);
      if (event) yield event;
    }
  }
}

function readEvent(block) {
  const field = (name) =>
    block.split("\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const name = field("event");
  return name ? { name, content: JSON.parse(field("data")) } : null;
}
