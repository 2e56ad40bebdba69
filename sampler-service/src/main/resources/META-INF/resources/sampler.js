// The sampler's HTTP API, as the page uses it.

const PATIENCE_MS = 5000;

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

async function get(url, options) {
  const response = await fetch(url, options);
  if (response.ok) {
    return response;
  }
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  throw new Refusal(isProblem ? await response.json() : { status: response.status });
}
