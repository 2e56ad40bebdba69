// Panel "Samples": a grid of samples of the served model, which it follows, or of an earlier checkpoint of its run.

import { drawGrid } from "./grid.js";
import { classChoices } from "./panel.js";
import { Refusal, fetchCheckpoints, fetchModel, fetchPicture, samplesUrl } from "./sampler.js";
import { Timeline } from "./timeline.js";

const COLUMNS = 10;
const POLL_MS = 2000;
const POLLS_A_LIST = 5;
const MAX_SEED = 0xffffffff;

const element = Object.fromEntries(
  ["model", "controls", "classes", "seed", "another", "timeline", "checkpoint", "chosen",
    "message", "picture", "rows", "grid", "caption", "download", "png", "json", "npy"]
    .map((id) => [id, document.getElementById(id)]),
);

const asked = fromAddress();
const timeline = new Timeline(
  { box: element.timeline, range: element.checkpoint, output: element.chosen },
  asked,
  draw,
);
let model = null;
let drawing = new AbortController();
let following = false;
let polls = 0;
let tell = () => {};

element.seed.value = asked.seed;
element.seed.addEventListener("input", () => changeSeed(element.seed.value));
element.another.addEventListener("click", () => {
  element.seed.value = crypto.getRandomValues(new Uint32Array(1))[0];
  changeSeed(element.seed.value);
});
element.controls.addEventListener("submit", (event) => event.preventDefault());

/** `served` is told of the served model whenever it is another one. */
export function startSamples(served) {
  tell = served;
  document.addEventListener("visibilitychange", follow);
  return { ready: poll() };
}

async function poll() {
  await follow();
  setTimeout(poll, POLL_MS);
}

/** Asks which model is served, and draws anew when it is another one. */
async function follow() {
  if (document.hidden || following) {
    return;
  }
  following = true;
  try {
    const served = await fetchModel();
    const another = served.manifestDigest !== model?.manifestDigest;
    if (another) {
      if (served.run !== model?.run) {
        timeline.begin(served.run);
      }
      model = served;
      showModel();
      showClasses();
      tell(model);
    }
    const listed = another || ++polls % POLLS_A_LIST === 0;
    if ((listed && await showTimeline()) || another) {
      await draw();
    } else if (!element.message.hidden && seedIsValid(element.seed.value)) {
      await draw();
    }
  } catch (failure) {
    showFailure(failure);
  } finally {
    following = false;
  }
}

async function draw() {
  if (model === null) {
    return;
  }
  drawing.abort();
  drawing = new AbortController();
  const { signal } = drawing;
  element.picture.setAttribute("aria-busy", "true");
  try {
    const request = {
      label: asked.label,
      count: asked.label === null ? COLUMNS : COLUMNS * COLUMNS,
      seed: asked.seed,
      checkpoint: timeline.chosen,
    };
    const { picture, checkpoint } = await fetchPicture(request, signal);
    if (!signal.aborted) {
      drawGrid(element.grid, picture, model.shape, COLUMNS);
      showCaption(request, checkpoint);
      element.message.hidden = true;
      element.picture.hidden = false;
    }
    picture.close();
  } catch (failure) {
    if (!signal.aborted) {
      showFailure(failure);
    }
  } finally {
    if (!signal.aborted) {
      element.picture.removeAttribute("aria-busy");
    }
  }
}

function changeSeed(text) {
  const valid = seedIsValid(text);
  element.seed.setAttribute("aria-invalid", String(!valid));
  if (valid) {
    asked.seed = Number(text);
    draw();
  } else {
    showMessage(`A seed is a whole number from 0 to ${MAX_SEED}.`);
  }
}

function seedIsValid(text) {
  return /^[0-9]{1,10}$/.test(text) && Number(text) <= MAX_SEED;
}

function showModel() {
  element.controls.hidden = false;
  const number = new Intl.NumberFormat("en");
  const decimal = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const name = document.createElement("strong");
  name.textContent = model.run;
  element.model.replaceChildren(
    name,
    ` at step ${number.format(model.step)} of ${number.format(model.steps)}`
      + (model.losses
        ? `, loss ${decimal.format(model.losses.loss)} (mse ${decimal.format(model.losses.mse)},`
          + ` kl ${decimal.format(model.losses.kl)})`
        : ""),
  );
}

/** What is there to choose from changes with commits, deletions and aliases. Where it cannot be asked for, it stays. */
async function showTimeline() {
  try {
    return timeline.update(await fetchCheckpoints(model.run));
  } catch {
    return false;
  }
}

function showClasses() {
  if (element.classes.childElementCount === model.classes + 1) {
    return;
  }
  if (asked.label !== null && asked.label >= model.classes) {
    asked.label = null;
  }
  classChoices(element.classes, "class", [null, ...Array(model.classes).keys()], asked.label, (label) => {
    asked.label = label;
    draw();
  });
}

function showCaption(request, checkpoint) {
  const all = request.label === null;
  const what = all ? `${COLUMNS} of each class` : `${request.count} of class ${request.label}`;
  element.caption.textContent = `${what}, seed ${request.seed}, checkpoint ${checkpoint}`;
  element.grid.setAttribute("aria-label", `Generated images: ${element.caption.textContent}`);
  element.rows.replaceChildren(...(all ? [...Array(model.classes).keys()] : []).map((label) => {
    const row = document.createElement("li");
    row.textContent = label;
    return row;
  }));
  for (const format of ["png", "json", "npy"]) {
    element[format].href = samplesUrl(request, format);
  }
  element.download.href = element.png.href;
  element.download.download = `${checkpoint.replace("/", "-")}-seed-${request.seed}.png`;
  const query = new URLSearchParams(all ? { seed: request.seed } : { class: request.label, seed: request.seed });
  if (request.checkpoint !== null) {
    query.set("run", request.checkpoint.run);
    query.set("checkpoint", request.checkpoint.step);
  }
  history.replaceState(null, "", `?${query}${location.hash}`);
}

function showFailure(failure) {
  if (failure instanceof Refusal && failure.problem.type === "no-model") {
    element.model.textContent = "No model yet";
    showMessage(`${failure.message}. The images appear here with the first checkpoint.`);
  } else if (failure instanceof Refusal) {
    showMessage(failure.message);
  } else {
    showMessage("The sampler does not answer. This page tries again every two seconds.");
  }
}

function showMessage(text) {
  if (element.message.hidden || element.message.textContent !== text) {
    element.message.textContent = text;
    element.message.hidden = false;
  }
}

function fromAddress() {
  const query = new URLSearchParams(location.search);
  const seed = query.get("seed") ?? "0";
  const label = query.get("class") ?? "";
  const step = query.get("checkpoint") ?? "";
  return {
    seed: seedIsValid(seed) ? Number(seed) : 0,
    label: /^[0-9]{1,7}$/.test(label) ? Number(label) : null,
    run: query.get("run"),
    step: /^[0-9]{1,15}$/.test(step) ? Number(step) : null,
  };
}
