// A chart of a run's curves, with another run's and the tutorial's beside them.

import uPlot from "./webjars/uplot/1.6.30/dist/uPlot.esm.js";
import { KINDS, columns, reference, splits } from "./curves.js";

const FONT = "12px system-ui, sans-serif";

export class Chart {
  #box;
  #plot = null;
  #shape = "";
  #epochs = [];

  constructor(box) {
    this.#box = box;
    new ResizeObserver(() => this.#plot?.setSize({ width: box.clientWidth, height: box.clientHeight })).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#rebuild());
  }

  /**
   * `windows` of the run and `beside`, of another one or null; `epochs` are the steps where one ended; `steps` is how far
   * the tutorial's line goes, 0 for none.
   */
  show({ windows, beside, epochs, steps, smoothing, logarithmic }) {
    const tables = [columns(windows, smoothing)];
    if (beside !== null) {
      tables.push(columns(beside, smoothing));
    }
    if (steps > 0) {
      tables.push(reference(steps));
    }
    this.#epochs = epochs;
    const data = tables.length === 1 ? tables[0] : uPlot.join(tables);
    const shape = `${beside !== null} ${steps > 0} ${logarithmic}`;
    if (this.#plot === null || shape !== this.#shape) {
      this.#shape = shape;
      this.#plot?.destroy();
      this.#plot = new uPlot(this.#options(beside !== null, steps > 0, logarithmic), data, this.#box);
    } else {
      this.#plot.setData(data);
    }
  }

  #rebuild() {
    if (this.#plot !== null) {
      const { data } = this.#plot;
      const [beside, tutorial, logarithmic] = this.#shape.split(" ").map((word) => word === "true");
      this.#plot.destroy();
      this.#plot = new uPlot(this.#options(beside, tutorial, logarithmic), data, this.#box);
    }
  }

  #options(beside, tutorial, logarithmic) {
    const style = getComputedStyle(this.#box);
    const color = (name) => style.getPropertyValue(`--${name}`).trim();
    const line = (label, kind, more) => ({
      label,
      stroke: color(kind),
      width: 2,
      spanGaps: true,
      points: { show: false },
      ...more,
    });
    const series = KINDS.map((kind) => line(kind, kind, {}));
    if (beside) {
      series.push(...KINDS.map((kind) => line(`${kind} beside`, kind, { dash: [6, 4], width: 1.5 })));
    }
    if (tutorial) {
      series.push(...KINDS.map((kind) => line(`${kind} tutorial`, kind, { width: 0.75, alpha: 0.8 })));
    }
    const axis = {
      stroke: color("quiet"),
      font: FONT,
      grid: { stroke: color("faint"), width: 1 },
      ticks: { stroke: color("faint"), width: 1 },
    };
    return {
      width: this.#box.clientWidth,
      height: this.#box.clientHeight,
      legend: { show: false },
      cursor: { points: { size: 6 }, drag: { x: true, y: false } },
      scales: {
        x: { time: false },
        y: logarithmic
          ? { distr: 3, range: (plot, low, high) => (low > 0 ? [low * 0.85, high * 1.15] : [0.1, 100]) }
          : { range: (plot, low, high) => [0, high === null ? 1 : high * 1.05] },
      },
      axes: [
        { ...axis, values: (plot, values) => values.map((value) => value.toLocaleString("en")) },
        {
          ...axis,
          size: 44,
          ...(logarithmic
            ? { splits: (plot, i, low, high) => splits(low, high), filter: (plot, values) => values }
            : {}),
          values: (plot, values) => values.map((value) => (value === null ? "" : String(Number(value.toPrecision(3))))),
        },
      ],
      series: [{ label: "step" }, ...series],
      hooks: { drawAxes: [(plot) => this.#drawEpochs(plot, color("line"), color("quiet"))] },
    };
  }

  #drawEpochs(plot, line, text) {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = line;
    ctx.fillStyle = text;
    ctx.lineWidth = ratio;
    ctx.setLineDash([2 * ratio, 4 * ratio]);
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "right";
    ctx.textBaseline = "top";
    for (const { step, epoch } of this.#epochs) {
      const x = plot.valToPos(step, "x", true);
      if (x > bbox.left && x <= bbox.left + bbox.width + 1) {
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.fillText(String(epoch), x - 3 * ratio, bbox.top + 2 * ratio);
      }
    }
    ctx.restore();
  }
}
