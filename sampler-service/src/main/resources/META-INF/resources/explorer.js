// Panel "Explorer": a plane through the latent space, and the way between two digits.

import { drawGrid } from "./grid.js";
import { classChoices, elements, make, offer, reason, say } from "./panel.js";
import { startPaper } from "./paper.js";
import { fetchBetween, fetchStrongest } from "./sampler.js";

// What a normal rarely leaves.
const REACH = 3;
const TILES = 9;
const KEY_STEP = 0.2;
const SLIDERS = 8;
const REST_MS = 200;
const FOLLOW_MS = 3000;
const STEPS = 10;

export function startExplorer() {
  const element = elements("explorer", "explorer-message", "explorer-body", "explorer-classes", "across", "down", "center",
    "pad", "map", "point", "spot", "place", "dimensions", "from-class", "from-seed", "to-class", "to-seed", "path", "between");
  let model = null;
  let label = 0;
  let latent = [];
  let seen = false;
  let strengths = "";
  const spot = latest(drawSpot);
  const map = latest(drawMap);
  const between = latest(drawBetween);
  let rest = 0;
  let following = null;

  for (const select of [element.across, element.down]) {
    select.addEventListener("change", () => { place(); map(); });
  }
  element.center.addEventListener("click", () => move(latent.map(() => 0)));
  element.pad.addEventListener("pointerdown", (event) => {
    element.pad.setPointerCapture(event.pointerId);
    point(event);
  });
  element.pad.addEventListener("pointermove", (event) => event.buttons > 0 && point(event));
  element.pad.addEventListener("keydown", step);
  for (const id of ["from-class", "from-seed", "to-class", "to-seed", "path"]) {
    element[id].addEventListener("input", () => between());
  }
  // Hundreds of images that nobody has scrolled to need not be made.
  new IntersectionObserver((entries) => {
    seen = entries.at(-1).isIntersecting;
    if (seen) {
      drawAll();
    }
  }).observe(element.explorer);
  const paper = startPaper((mean, nearest) => {
    label = nearest;
    element["explorer-classes"].querySelector(`[value="${nearest}"]`).checked = true;
    latent = mean.map((value) => Math.min(100, Math.max(-100, value)));
    place();
    drawAll();
    element.pad.focus();
  });
  say(element["explorer-message"], "There is nothing to explore before the first checkpoint.");
  return { ready: Promise.resolve(), serve };

  function serve(served) {
    const another = served.classes !== model?.classes || served.latentDim !== model?.latentDim;
    model = served;
    if (another) {
      begin();
    }
    say(element["explorer-message"], "");
    element["explorer-body"].hidden = false;
    paper.serve(model);
    if (another) {
      drawAll();
    } else if (seen) {
      // A run that is trained has another model twice a second.
      spot();
      following ??= setTimeout(() => { following = null; drawAll(); }, FOLLOW_MS);
    }
  }

  function begin() {
    latent = Array(model.latentDim).fill(0);
    label = Math.min(label, model.classes - 1);
    const classes = [...Array(model.classes).keys()];
    const options = classes.map((value) => [String(value), String(value)]);
    classChoices(element["explorer-classes"], "explorer-class", classes, label, (chosen) => {
      label = chosen;
      drawAll();
    });
    offer(element["from-class"], options);
    offer(element["to-class"], options);
    element["from-class"].value = String(Math.min(3, model.classes - 1));
    element["to-class"].value = String(Math.min(8, model.classes - 1));
    const dimensions = latent.map((_, i) => [String(i), `z${i}`]);
    offer(element.across, dimensions);
    offer(element.down, dimensions);
    element.down.value = String(Math.min(1, model.latentDim - 1));
  }

  function drawAll() {
    if (seen && model !== null) {
      spot();
      clearTimeout(rest);
      rest = setTimeout(() => { map(); between(); measure(); }, REST_MS);
    }
  }

  /** Where nobody has images to encode: by the pixels that change between both ends of a dimension. */
  async function strongestByPixels() {
    const changes = [];
    for (let i = 0; i < latent.length; i++) {
      const ends = [-2, 2].map((value) => latent.map((_, j) => (j === i ? value : 0)));
      changes.push({ i, change: difference(await line(ends[0], ends[1], 2), model.shape) });
    }
    return changes.toSorted((a, b) => b.change - a.change).map(({ i }) => i);
  }

  /** Which dimensions tell images of the class apart, once a run and class. */
  async function measure() {
    const key = `${model.run} ${label}`;
    if (key === strengths) {
      return;
    }
    const first = strengths === "";
    strengths = key;
    try {
      const strongest = await fetchStrongest(label) ?? await strongestByPixels();
      showDimensions(strongest.slice(0, SLIDERS));
      const options = strongest.map((i) => [String(i), `z${i}`]);
      offer(element.across, options);
      offer(element.down, options);
      if (first) {
        [element.across.value, element.down.value] = [options[0][0], (options[1] ?? options[0])[0]];
        place();
        map();
      }
    } catch {
      strengths = "";
    }
  }

  function showDimensions(strongest) {
    element.dimensions.replaceChildren(...strongest.map((i) => {
      const input = make("input", { type: "range", min: -REACH, max: REACH, step: 0.1, value: latent[i] });
      input.dataset.dimension = i;
      input.addEventListener("input", () => move(latent.with(i, Number(input.value))));
      return make("label", {}, `z${i} `, input);
    }));
  }

  function line(from, to, steps) {
    const end = (values) => ({ class: label, latent: values });
    return fetchBetween({ from: end(from), to: end(to), steps, path: "linear" });
  }

  async function drawSpot() {
    drawGrid(element.spot, await line(latent, latent, 1), model.shape, 1);
  }

  async function drawMap() {
    const { height, width } = model.shape;
    const sheet = new OffscreenCanvas(TILES * width, TILES * height);
    const [x, y] = axes();
    for (let row = 0; row < TILES; row++) {
      const at = latent.with(y, REACH - (2 * REACH * row) / (TILES - 1));
      const picture = await line(at.with(x, -REACH), at.with(x, REACH), TILES);
      sheet.getContext("2d").drawImage(picture, 0, row * height);
    }
    Object.assign(element.map, { width: sheet.width, height: sheet.height });
    element.map.getContext("2d").drawImage(sheet, 0, 0);
    place();
  }

  async function drawBetween() {
    const end = (which) => ({
      class: Number(element[`${which}-class`].value),
      seed: Number(element[`${which}-seed`].value),
    });
    const request = { from: end("from"), to: end("to"), steps: STEPS, path: element.path.value };
    drawGrid(element.between, await fetchBetween(request), model.shape, STEPS);
  }

  function axes() {
    return [Number(element.across.value), Number(element.down.value)];
  }

  function point({ clientX, clientY }) {
    const box = element.pad.getBoundingClientRect();
    const [x, y] = axes();
    // Tiles have their values in their middles.
    const value = (fraction) => clamp(REACH * (2 * fraction - 1) * (TILES / (TILES - 1)));
    move(latent.with(x, value((clientX - box.left) / box.width)).with(y, -value((clientY - box.top) / box.height)));
  }

  function step(event) {
    const [x, y] = axes();
    const moves = { ArrowLeft: [x, -1], ArrowRight: [x, 1], ArrowUp: [y, 1], ArrowDown: [y, -1] };
    if (event.key in moves) {
      event.preventDefault();
      const [dimension, sign] = moves[event.key];
      move(latent.with(dimension, clamp(latent[dimension] + sign * KEY_STEP)));
    }
  }

  function move(to) {
    const [x, y] = axes();
    const plane = to.some((value, i) => value !== latent[i] && i !== x && i !== y);
    latent = to;
    place();
    spot();
    if (plane) {
      clearTimeout(rest);
      rest = setTimeout(map, REST_MS);
    }
  }

  function place() {
    const [x, y] = axes();
    const at = (value) => `${100 * (0.5 + (value / (2 * REACH)) * ((TILES - 1) / TILES))}%`;
    element.point.style.left = at(latent[x]);
    element.point.style.top = at(-latent[y]);
    element.place.textContent = `z${x} ${latent[x].toFixed(1)}, z${y} ${latent[y].toFixed(1)}`;
    for (const input of element.dimensions.querySelectorAll("input")) {
      input.value = latent[input.dataset.dimension];
    }
  }

  /** Runs `act` one at a time; of the calls that come meanwhile, the last one counts. */
  function latest(act) {
    let running = false;
    let wanted = false;
    return async () => {
      wanted = true;
      if (running || model === null) {
        return;
      }
      running = true;
      while (wanted) {
        wanted = false;
        try {
          await act();
          say(element["explorer-message"], "");
        } catch (failure) {
          say(element["explorer-message"], reason(failure));
        }
      }
      running = false;
    };
  }
}

function clamp(value) {
  return Math.round(Math.min(REACH, Math.max(-REACH, value)) * 10) / 10;
}

/** How much two images beside each other differ. */
function difference(picture, { height, width }) {
  const canvas = new OffscreenCanvas(2 * width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  const [one, other] = [0, width].map((x) => context.getImageData(x, 0, width, height).data);
  return one.reduce((sum, value, i) => sum + (i % 4 === 0 ? Math.abs(value - other[i]) : 0), 0);
}
