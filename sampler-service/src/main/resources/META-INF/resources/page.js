// The page: five panels that stand for themselves. They are shown together once each has something to say.

import { startCheckpoints } from "./checkpoints.js";
import { startExplorer } from "./explorer.js";
import { startPipeline } from "./pipeline.js";
import { startRun } from "./run.js";
import { startSamples } from "./samples.js";

// A part that does not answer must not hide the others any longer.
const PATIENCE_MS = 1500;

const checkpoints = startCheckpoints();
const explorer = startExplorer();
const pipeline = startPipeline();
const run = startRun((watched, mayChange) => {
  checkpoints.watch(watched, mayChange);
  pipeline.watch(watched);
});
const samples = startSamples((model) => {
  explorer.serve(model);
  run.serve(model);
});

await Promise.race([
  Promise.all([checkpoints, explorer, pipeline, run, samples].map(({ ready }) => ready)),
  new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
]);
document.getElementById("panels").classList.remove("waiting");
document.getElementById(location.hash.slice(1))?.scrollIntoView();
