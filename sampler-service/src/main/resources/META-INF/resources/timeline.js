// A slider through a run's checkpoints. At its end it follows the newest one.

const decimal = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const number = new Intl.NumberFormat("en");

export class Timeline {
  #box;
  #range;
  #output;
  #checkpoints = [];
  #step;

  /** `step` is the one to begin with, null for the newest; `changed` is called when the user chooses another. */
  constructor({ box, range, output }, step, changed) {
    this.#box = box;
    this.#range = range;
    this.#output = output;
    this.#step = step;
    range.addEventListener("input", () => {
      const index = Number(range.value);
      this.#step = index === this.#checkpoints.length - 1 ? null : this.#checkpoints[index].step;
      this.#show(index);
      changed();
    });
  }

  /** The chosen checkpoint's step; null for the newest, whichever that is. */
  get step() {
    return this.#step;
  }

  /** Shows these checkpoints, the oldest first. A chosen one that is gone makes way for the newest. */
  update(checkpoints) {
    this.#checkpoints = checkpoints;
    this.#box.hidden = checkpoints.length < 2;
    const newest = checkpoints.length - 1;
    const chosen = checkpoints.findIndex(({ step }) => step === this.#step);
    if (chosen < 0 || chosen === newest) {
      this.#step = null;
    }
    this.#range.max = Math.max(newest, 0);
    this.#range.value = chosen < 0 ? newest : chosen;
    if (newest >= 0) {
      this.#show(Number(this.#range.value));
    }
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
