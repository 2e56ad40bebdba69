// The sampler's HTTP API, as the page uses it.

const PATIENCE_MS = 5000;
// Verifying reads all of a checkpoint.
const ORDER_MS = 30_000;
const JSON_BODY = { "Content-Type": "application/json" };

/** An answer that says why there is none. `problem` is its RFC 9457 body. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title ?? `status ${problem.status}`);
    this.problem = problem;
  }
}

/** The address of samples; `label` is null for every class, `checkpoint` for whatever is served. */
export function samplesUrl({ label, count, seed, checkpoint }, format) {
  const query = new URLSearchParams({ count, seed, format });
  if (label !== null) {
    query.set("class", label);
  }
  if (checkpoint !== null) {
    query.set("run", checkpoint.run);
    query.set("checkpoint", checkpoint.step);
    query.set("digest", checkpoint.digest);
  }
  return `v1/samples?${query}`;
}

export async function fetchModel() {
  return (await get("v1/model", { signal: AbortSignal.timeout(PATIENCE_MS) })).json();
}

/** The checkpoints of a run that are kept, the oldest first. */
export async function fetchCheckpoints(run) {
  const query = new URLSearchParams({ run });
  return (await (await get(`v1/checkpoints?${query}`, { signal: AbortSignal.timeout(PATIENCE_MS) })).json()).checkpoints;
}

/** The picture of samples, one row a class, and the checkpoint that made it. */
export async function fetchPicture(request, signal) {
  const response = await get(samplesUrl(request, "png"), { signal });
  const checkpoint = `${response.headers.get("vaestream-run")}/${response.headers.get("vaestream-step")}`;
  return { picture: await createImageBitmap(await response.blob()), checkpoint };
}

/** The runs that were heard of last, and whether aliases may be moved. */
export async function fetchRuns() {
  return (await get("v1/runs", { signal: AbortSignal.timeout(PATIENCE_MS) })).json();
}

/** The address of a run's event stream. */
export function metricsUrl(run) {
  return `v1/runs/${encodeURIComponent(run)}/metrics`;
}

/** The way of a batch; `run` is null for whichever is in work. */
export async function fetchPipeline(run) {
  const query = run === null ? "" : `?${new URLSearchParams({ run })}`;
  return (await get(`v1/pipeline${query}`, { signal: AbortSignal.timeout(PATIENCE_MS) })).json();
}

export async function promote(run, alias, step, reason) {
  return send("PUT", `${aliasUrl(run, alias)}`, { step, ...because(reason) });
}

export async function rollBack(run, alias, reason) {
  return send("POST", `${aliasUrl(run, alias)}/rollback`, because(reason));
}

export async function verify(run, step) {
  return send("POST", `v1/runs/${encodeURIComponent(run)}/checkpoints/${step}/verification`, {});
}

/** Images between two points {class, seed} or {class, latent}, a row for each class. */
export async function fetchBetween(request) {
  const response = await get("v1/interpolations", {
    method: "POST",
    headers: JSON_BODY,
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return createImageBitmap(await response.blob());
}

/** Images, rows of pixels from 0 to 1, encoded and decoded under every class. */
export async function fetchReconstructions(images) {
  return send("POST", "v1/reconstructions?format=json", { images });
}

/** The latent dimensions by how much they tell images of a class apart; null where the sampler has no such images. */
export async function fetchStrongest(label) {
  try {
    const response = await get(`v1/latents/${label}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return (await response.json()).latents.strongest;
  } catch {
    return null;
  }
}

function aliasUrl(run, alias) {
  return `v1/runs/${encodeURIComponent(run)}/aliases/${encodeURIComponent(alias)}`;
}

function because(reason) {
  return reason === "" ? {} : { reason };
}

async function send(method, url, body) {
  return (await get(url, { method, headers: JSON_BODY, body: JSON.stringify(body), signal: AbortSignal.timeout(ORDER_MS) })).json();
}

async function get(url, options) {
  const response = await fetch(url, options);
  if (response.ok) {
    return response;
  }
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  throw new Refusal(isProblem ? await response.json() : { status: response.status });
}
