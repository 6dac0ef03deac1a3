/** The client of POST /api/v1/ask: a question -> stages, then the Answer. */

/** A refusal or failure; `code` is one of the service's, or "offline". */
export class AskError extends Error {
  constructor(code, message, requestId) {
    super(message);
    this.code = code;
    this.requestId = requestId;
  }
}

/**
 * Ask, and return the Answer object.
 * @param {{question: string, history?: {question: string}[], documents?: string[], language?: string}} body
 * @param {{onStage?: (stage: string) => void, signal?: AbortSignal, base?: string}} options
 */
export async function ask(body, { onStage = () => {}, signal, base = "" } = {}) {
  const response = await send(`${base}/api/v1/ask`, body, signal);
  if (!response.ok) throw await refusal(response);
  for await (const { name, content } of events(response.body)) {
    if (name === "stage") onStage(content.stage);
    if (name === "answer") return content;
    if (name === "error") throw asError(content);
  }
  throw new AskError("offline", "The stream ended without an answer.");
}

async function send(url, body, signal) {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(body),
      credentials: "omit",
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new AskError("offline", error.message);
  }
}

async function refusal(response) {
  try {
    return asError(await response.json());
  } catch {
    return new AskError("internal_error", response.statusText);
  }
}

function asError({ error }) {
  return new AskError(error.code, error.message, error.request_id);
}

/** The events of a server-sent stream: blocks of lines, each ended by an empty line. */
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
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
