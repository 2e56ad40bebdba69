// What is done to a run's curves before they are drawn. All of it is a function of its arguments.

import { EPOCH_MEANS, EPOCH_STEPS } from "./tutorial.js";

export const KINDS = ["loss", "mse", "kl"];

/** Columns [steps, loss, mse, kl] of a run's windows. */
export function columns(windows, smoothing) {
  const steps = windows.map(({ step }) => step);
  return [steps, ...KINDS.map((kind) => smooth(windows.map(({ losses }) => losses[kind]), smoothing))];
}

/** An exponential moving average, freed of the weight of its beginning; `weight` from 0 (nothing) to below 1. */
export function smooth(values, weight) {
  let sum = 0;
  let norm = 0;
  return values.map((value) => {
    sum = weight * sum + (1 - weight) * value;
    norm = weight * norm + (1 - weight);
    return sum / norm;
  });
}

/** The tutorial's means as a stair, up to a step. */
export function reference(steps) {
  const xs = [];
  const ys = KINDS.map(() => []);
  EPOCH_MEANS.forEach((means, epoch) => {
    if (epoch * EPOCH_STEPS < steps) {
      xs.push(epoch * EPOCH_STEPS + 1, Math.min((epoch + 1) * EPOCH_STEPS, steps));
      means.forEach((mean, kind) => ys[kind].push(mean, mean));
    }
  });
  return [xs, ...ys];
}

/** Whether a run can be held against the tutorial's. */
export function isLikeTutorial({ epochBatches, batchSize, klWeight, firstSequence }) {
  return epochBatches === EPOCH_STEPS && batchSize === 16 && klWeight === 0.5 && firstSequence === 0;
}

/** Round numbers for a logarithmic axis. */
export function splits(low, high) {
  const found = [];
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade++) {
    for (const digit of [1, 2, 5]) {
      const value = digit * 10 ** decade;
      if (value >= low && value <= high) {
        found.push(value);
      }
    }
  }
  return found;
}
