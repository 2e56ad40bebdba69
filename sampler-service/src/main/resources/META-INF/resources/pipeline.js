// Panel "Pipeline": the way of a batch, and what is wrong on it.

import { elements, make, reason, repeat, say } from "./panel.js";
import { fetchPipeline } from "./sampler.js";
import { ago, count } from "./text.js";

const WORDS = { up: "up", troubled: "in trouble", down: "down" };

export function startPipeline() {
  const element = elements("boxes", "pipeline-message");
  let run = null;
  let shown = null;
  const { ready, again } = repeat(ask);
  return {
    ready,
    watch(watched) {
      if (watched !== run) {
        run = watched;
        again();
      }
    },
  };

  async function ask() {
    try {
      shown = await fetchPipeline(run);
      say(element["pipeline-message"], "");
    } catch (failure) {
      say(element["pipeline-message"], reason(failure));
      if (shown !== null) {
        const condition = { state: "down", problems: ["does not answer"] };
        show({ ...shown, sampler: { ...shown.sampler, condition } });
      }
      return;
    }
    show(shown);
  }

  function show({ ingest, kafka, trainer, checkpoint, sampler }) {
    element.boxes.replaceChildren(
      box("Ingest", ingest, ingest.published === undefined ? "no stream" : count(ingest.published),
        ingest.batches === undefined ? "batches published" : `of ${count(ingest.batches)} batches published, ${ingest.stream}`),
      box("Kafka", kafka, kafka.waiting === undefined ? "–" : count(kafka.waiting), "batches waiting"),
      box("Trainer", trainer, trainer.consumed === undefined ? "–" : count(trainer.consumed),
        trainer.steps === undefined ? "batches consumed" : `of ${count(trainer.steps)} consumed, ${pace(trainer)}`),
      box("Checkpoints", checkpoint, checkpoint.step === undefined ? "none" : count(checkpoint.step),
        checkpoint.committedAt === undefined ? "newest step" : `newest step, ${ago(checkpoint.committedAt)}; ${checkpoint.kept} kept`),
      box("Sampler", sampler, sampler.step === undefined ? "none" : `${sampler.run}/${sampler.step}`,
        sampler.loadedAt === undefined ? "served" : `served since ${ago(sampler.loadedAt)}`),
    );
  }

  function pace({ state, stepsPerSecond }) {
    return stepsPerSecond === undefined ? (state ?? "state unknown") : `${count(stepsPerSecond)} a second`;
  }

  function box(name, { condition }, figure, what) {
    const problems = condition.problems.map((problem) => make("li", { textContent: problem }));
    return make("li", { className: `box ${condition.state}` },
      make("p", { className: "name" }, make("strong", { textContent: name }),
        make("span", { className: "lamp", textContent: WORDS[condition.state] })),
      make("p", { className: "figure", textContent: figure }),
      make("p", { className: "what", textContent: what }),
      ...(problems.length > 0 ? [make("ul", { className: "problems" }, ...problems)] : []));
  }
}
