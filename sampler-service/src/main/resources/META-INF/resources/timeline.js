// A slider through a run's checkpoints. At its end it follows the newest one.

// Dragged along, it passes many that nobody wants to look at.
const REST_MS = 150;

const decimal = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const number = new Intl.NumberFormat("en");

export class Timeline {
  #box;
  #range;
  #output;
  #run = null;
  #checkpoints = [];
  #step;
  #rest;

  /** `run` and `step` are what to begin with, both null for the newest; `changed` is called when the user chooses. */
  constructor({ box, range, output }, { run, step }, changed) {
    this.#box = box;
    this.#range = range;
    this.#output = output;
    this.#run = run;
    this.#step = step;
    range.addEventListener("input", () => {
      const index = Number(range.value);
      this.#step = index === this.#checkpoints.length - 1 ? null : this.#checkpoints[index].step;
      this.#show(index);
      clearTimeout(this.#rest);
      this.#rest = setTimeout(changed, REST_MS);
    });
  }

  /** The chosen checkpoint, {run, step, digest}; null for the newest, whichever that is. */
  get chosen() {
    const chosen = this.#checkpoints.find(({ step }) => step === this.#step);
    return chosen === undefined ? null : { run: this.#run, step: chosen.step, digest: chosen.digest };
  }

  /** Another run is served: what was chosen of the one before is chosen no more. */
  begin(run) {
    if (run !== this.#run) {
      this.#step = null;
    }
    this.#run = run;
    this.update([]);
  }

  /**
   * Shows these checkpoints of the run, the oldest first. A chosen one that is gone makes way for the newest.
   * Answers whether another one is chosen now.
   */
  update(checkpoints) {
    const before = this.chosen;
    this.#checkpoints = checkpoints;
    this.#box.hidden = checkpoints.length < 2;
    if (checkpoints.length > 0) {
      const newest = checkpoints.length - 1;
      const chosen = checkpoints.findIndex(({ step }) => step === this.#step);
      if (chosen < 0 || chosen === newest) {
        this.#step = null;
      }
      this.#range.max = newest;
      this.#range.value = chosen < 0 ? newest : chosen;
      this.#show(Number(this.#range.value));
    }
    return this.chosen?.digest !== before?.digest;
  }

  #show(index) {
    const { step, metrics, aliases, best } = this.#checkpoints[index];
    const words = [`step ${number.format(step)}`];
    if (metrics.loss !== undefined) {
      words.push(`loss ${decimal.format(metrics.loss)}`);
    }
    if (index === this.#checkpoints.length - 1) {
      words.push("newest");
    }
    if (best) {
      words.push("best");
    }
    words.push(...aliases);
    this.#output.textContent = words.join(", ");
    this.#range.setAttribute("aria-valuetext", this.#output.textContent);
  }
}
