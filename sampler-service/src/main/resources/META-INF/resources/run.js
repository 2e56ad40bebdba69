// Panel "Run": a run's curves as they grow, another one's beside them.

import { Chart } from "./chart.js";
import { KINDS, isLikeTutorial } from "./curves.js";
import { elements, make, offer, reason, repeat, say } from "./panel.js";
import { fetchRuns, metricsUrl } from "./sampler.js";
import { count, duration, figure } from "./text.js";

const RETRY_MILLIS = 5000;
const NONE = { windows: [], epochs: [], evaluations: [] };

/** What a run has measured, followed over an event stream. */
class Measured {
  #source = null;
  #changed;
  run = "";
  history = NONE;

  constructor(changed) {
    this.#changed = changed;
  }

  follow(run) {
    if (run === this.run) {
      return;
    }
    this.#source?.close();
    this.run = run;
    this.history = NONE;
    if (run !== "") {
      this.#open(run);
    }
    this.#changed();
  }

  #open(run) {
    const source = new EventSource(metricsUrl(run));
    this.#source = source;
    source.onmessage = ({ data }) => this.#take(JSON.parse(data));
    source.onerror = () => {
      // A refusal ends a source for good; a lost connection it opens again by itself.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => {
          if (this.#source === source) {
            this.#open(run);
          }
        }, RETRY_MILLIS);
      }
    };
  }

  #take(event) {
    if (event.type === "history") {
      this.history = event;
    } else if (`${event.type}s` in this.history) {
      this.history[`${event.type}s`].push(event);
    }
    this.#changed();
  }
}

/** `watch` is told which run is watched, null for none, and whether aliases may be moved. */
export function startRun(watch) {
  const element = elements("watched", "beside", "run-state", "run-message", "run-facts", "progress", "figures",
    "chart", "legend", "chart-controls", "logarithmic", "smoothing");
  const chart = new Chart(element.chart);
  const measured = new Measured(redraw);
  const other = new Measured(redraw);
  let runs = [];
  let served = null;
  let mayChange = false;
  let drawing = 0;

  element.watched.addEventListener("change", choose);
  element.beside.addEventListener("change", choose);
  element.logarithmic.addEventListener("change", redraw);
  element.smoothing.addEventListener("input", redraw);
  const { ready } = repeat(ask);
  return {
    ready,
    serve(model) {
      const first = served === null;
      served = model.run;
      if (first && runs.length === 0) {
        watch(served, mayChange);
      }
    },
  };

  async function ask() {
    try {
      const answer = await fetchRuns();
      runs = answer.runs;
      mayChange = answer.mayChange;
      say(element["run-message"], runs.length > 0 ? "" : "Kafka has told of no run yet. Its curves appear here as it is trained.");
    } catch (failure) {
      say(element["run-message"], reason(failure));
      return;
    }
    const names = runs.map(({ run }) => run);
    const began = element.watched.value === "";
    offer(element.watched, names.map((name) => [name, name]));
    if (began && names.length > 0) {
      element.watched.value = (runs.find(({ state }) => state === "started" || state === "resumed") ?? runs[0]).run;
    }
    offer(element.beside, [["", "none"], ...names.filter((name) => name !== element.watched.value).map((name) => [name, name])]);
    choose();
  }

  function choose() {
    if (element.beside.value === element.watched.value) {
      element.beside.value = "";
    }
    measured.follow(element.watched.value);
    other.follow(element.beside.value);
    watch(element.watched.value || served, mayChange);
    redraw();
  }

  function redraw() {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(draw);
  }

  function draw() {
    const run = runs.find((candidate) => candidate.run === measured.run);
    const { windows, epochs } = measured.history;
    for (const part of ["run-facts", "chart", "legend", "chart-controls"]) {
      element[part].hidden = windows.length === 0;
    }
    if (run !== undefined) {
      showState(run);
      showFacts(run, windows.at(-1));
    }
    if (windows.length > 0) {
      const last = windows.at(-1).step;
      const tutorial = run !== undefined && isLikeTutorial(run);
      chart.show({
        windows,
        beside: other.run === "" ? null : other.history.windows,
        epochs,
        steps: tutorial ? last : 0,
        smoothing: Number(element.smoothing.value),
        logarithmic: element.logarithmic.checked,
      });
      showLegend(tutorial);
      const { losses } = windows.at(-1);
      element.chart.setAttribute("aria-label", `Curves of run ${measured.run} up to step ${count(last)}: `
        + KINDS.map((kind) => `${kind} ${figure(losses[kind])}`).join(", "));
    }
  }

  function showState(run) {
    const state = run.state ?? "unknown";
    element["run-state"].textContent = run.reason === undefined ? state : `${state}: ${run.reason}`;
    element["run-state"].dataset.state = state;
  }

  function showFacts(run, window) {
    if (window === undefined) {
      return;
    }
    const step = Math.max(run.step, window.step);
    const inWork = run.state === "started" || run.state === "resumed";
    const rate = inWork && run.batchSize !== undefined ? window.examplesPerSecond / run.batchSize : null;
    if (run.steps !== undefined) {
      element.progress.max = run.steps;
      element.progress.value = step;
    }
    const facts = [
      ["step", run.steps === undefined ? count(step) : `${count(step)} of ${count(run.steps)}`],
      ["epoch", String(window.epoch)],
      ...KINDS.map((kind) => [kind, figure(window.losses[kind])]),
      ["steps a second", rate === null ? "–" : count(rate)],
      ["time left", rate === null || run.steps === undefined ? "–" : duration((run.steps - step) / rate)],
      ["learning rate", String(Number(window.learningRate.toPrecision(3)))],
      ["gradient norm", figure(window.gradientNorm)],
    ];
    element.figures.replaceChildren(...facts.map(([name, value]) =>
      make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: value }))));
  }

  function showLegend(tutorial) {
    element.legend.replaceChildren(
      ...KINDS.map((kind) => make("span", { className: `key ${kind}`, textContent: kind })),
      ...(other.run === "" ? [] : [make("span", { className: "key dashed", textContent: other.run })]),
      ...(tutorial ? [make("span", { className: "key thin", textContent: "the tutorial in JAX, mean of each epoch" })] : []),
      make("span", { className: "key dotted", textContent: "end of an epoch" }),
    );
  }
}
