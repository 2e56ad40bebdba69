// Drawing paper of the model's size: what is drawn there is encoded and decoded under every class.

import { elements, make, reason, say } from "./panel.js";
import { Refusal, fetchReconstructions } from "./sampler.js";
import { figure } from "./text.js";

const REST_MS = 150;
const BRUSH = 1.1;
const NOT_FOUND = 404;

/** `explore` is told the latent and the class of what is drawn, when the user wants to go on from there. */
export function startPaper(explore) {
  const element = elements("draw", "paper", "wipe", "nearest", "guesses", "go-on");
  let model = null;
  // Not known before the first look.
  let there = null;
  let pixels = [];
  let pen = null;
  let rest = 0;
  let asked = 0;
  let found = null;

  element.wipe.addEventListener("click", wipe);
  element["go-on"].addEventListener("click", () => explore(found.mean, found.nearestClass));
  element.paper.addEventListener("pointerdown", (event) => {
    element.paper.setPointerCapture(event.pointerId);
    drag(event);
  });
  element.paper.addEventListener("pointermove", (event) => event.buttons > 0 && drag(event));
  element.paper.addEventListener("pointerup", () => { pen = null; });
  element.paper.addEventListener("keydown", type);
  element.paper.addEventListener("blur", () => { pen = null; show(); });
  return {
    async serve(served) {
      const resized = served.shape.width !== model?.shape.width || served.shape.height !== model?.shape.height;
      model = served;
      if (resized) {
        Object.assign(element.paper, served.shape);
        wipe();
      }
      if (there === null) {
        await look();
      } else if (there && found !== null) {
        change();
      }
    },
  };

  /** A sampler that reconstructs nothing has nothing to draw for. */
  async function look() {
    try {
      await fetchReconstructions([pixels]);
      there = true;
    } catch (failure) {
      // Whatever else went wrong may be right with the next model.
      there = failure instanceof Refusal && failure.problem.status === NOT_FOUND ? false : null;
    }
    element.draw.hidden = there !== true;
  }

  function wipe() {
    const { height, width } = model.shape;
    pixels = Array(height * width).fill(0);
    pen = null;
    found = null;
    asked++;
    clearTimeout(rest);
    element.guesses.replaceChildren();
    element["go-on"].hidden = true;
    say(element.nearest, "Draw, and the model says which class it takes it for.");
    show();
  }

  function drag({ clientX, clientY }) {
    const { height, width } = model.shape;
    const box = element.paper.getBoundingClientRect();
    const to = { x: ((clientX - box.left) / box.width) * width - 0.5, y: ((clientY - box.top) / box.height) * height - 0.5 };
    const from = pen ?? to;
    const dots = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) * 2) + 1;
    for (let i = 1; i <= dots; i++) {
      dab(from.x + ((to.x - from.x) * i) / dots, from.y + ((to.y - from.y) * i) / dots);
    }
    pen = to;
    change();
  }

  function type(event) {
    const { height, width } = model.shape;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], " ": [0, 0] };
    if (!(event.key in moves)) {
      return;
    }
    event.preventDefault();
    const [dx, dy] = moves[event.key];
    const at = pen ?? { x: Math.floor(width / 2), y: Math.floor(height / 2) };
    pen = { x: Math.min(width - 1, Math.max(0, at.x + dx)), y: Math.min(height - 1, Math.max(0, at.y + dy)) };
    // With shift held, a move draws too.
    if (event.key === " " || event.shiftKey) {
      dab(pen.x, pen.y);
      change();
    }
    show(pen);
  }

  function dab(x, y) {
    const { height, width } = model.shape;
    for (let row = Math.max(0, Math.floor(y - 3)); row <= Math.min(height - 1, y + 3); row++) {
      for (let column = Math.max(0, Math.floor(x - 3)); column <= Math.min(width - 1, x + 3); column++) {
        const ink = Math.min(1, 1.4 * Math.exp(-((row - y) ** 2 + (column - x) ** 2) / (2 * BRUSH ** 2)));
        const i = row * width + column;
        pixels[i] = Math.max(pixels[i], Math.round(ink * 255) / 255);
      }
    }
  }

  function change() {
    show();
    clearTimeout(rest);
    rest = setTimeout(ask, REST_MS);
  }

  function show(cursor = null) {
    if (model !== null) {
      paint(element.paper, pixels, model.shape);
      if (cursor !== null) {
        const context = element.paper.getContext("2d");
        context.fillStyle = "#8ab8ff";
        context.fillRect(cursor.x, cursor.y, 1, 1);
      }
    }
  }

  async function ask() {
    const mine = ++asked;
    try {
      const { images: [answer] } = await fetchReconstructions([pixels]);
      if (mine === asked) {
        found = answer;
        showGuesses();
      }
    } catch (failure) {
      if (mine === asked) {
        say(element.nearest, reason(failure));
      }
    }
  }

  function showGuesses() {
    const { classes, nearestClass } = found;
    const nearest = classes.find((guess) => guess.class === nearestClass);
    say(element.nearest, `Nearest: class ${nearestClass}, loss ${figure(nearest.loss)}`
      + ` (mse ${figure(nearest.mse)}, kl ${figure(nearest.kl)}).`);
    element["go-on"].hidden = false;
    element.guesses.replaceChildren(...classes.map((guess) => {
      const canvas = make("canvas", { ...model.shape });
      canvas.setAttribute("aria-hidden", "true");
      paint(canvas, guess.reconstruction.flat(), model.shape);
      return make("li", { className: guess.class === nearestClass ? "first" : "" },
        canvas, `${guess.class}: ${figure(guess.loss)}`);
    }));
  }
}

/** `values` from 0, black, to 1, white. */
function paint(canvas, values, { height, width }) {
  const image = new ImageData(width, height);
  values.forEach((value, i) => image.data.set([value * 255, value * 255, value * 255, 255], 4 * i));
  canvas.getContext("2d").putImageData(image, 0, 0);
}
