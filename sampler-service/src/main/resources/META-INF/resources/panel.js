// What all panels do: say what is wrong, ask again and again, tell when they have something to show.

import { Refusal } from "./sampler.js";

const PERIOD_MS = 2000;

/** {id: element} for these ids. */
export function elements(...ids) {
  return Object.fromEntries(ids.map((id) => [id, document.getElementById(id)]));
}

/** Shows a text in a message box, or hides the box where the text is empty. */
export function say(box, text) {
  if (box.textContent !== text) {
    box.textContent = text;
  }
  box.hidden = text === "";
}

/** What a person is told of a failure; `who` is the service that did not answer. */
export function reason(failure, who = "The sampler") {
  return failure instanceof Refusal
    ? failure.message
    : `${who} does not answer. This page tries again every two seconds.`;
}

/**
 * Calls `ask` at once and then every two seconds while the page is seen, never twice at the same time.
 * `ready` is settled after the first call; `again` calls it now.
 */
export function repeat(ask) {
  let running = null;
  let wanted = false;
  const once = async () => {
    if (running !== null) {
      wanted = true;
      return running;
    }
    do {
      wanted = false;
      running = ask();
      await running;
      running = null;
    } while (wanted);
  };
  const ready = once();
  const tick = async () => {
    if (!document.hidden) {
      await once();
    }
    setTimeout(tick, PERIOD_MS);
  };
  setTimeout(tick, PERIOD_MS);
  document.addEventListener("visibilitychange", () => document.hidden || once());
  return { ready, again: once };
}

/** A new element with properties and children. */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Makes a select's options these, [value, text], and keeps what is chosen where it is still there. */
export function offer(select, options) {
  const before = select.value;
  const same = select.options.length === options.length
    && options.every(([value, text], i) => select.options[i].value === value && select.options[i].text === text);
  if (!same) {
    select.replaceChildren(...options.map(([value, text]) => make("option", { value, text })));
    if (options.some(([value]) => value === before)) {
      select.value = before;
    }
  }
}

/** A row of radio buttons, one a class. */
export function classChoices(box, name, classes, chosen, changed) {
  box.replaceChildren(...classes.map((label) => {
    const input = make("input", { type: "radio", name, value: label ?? "", checked: label === chosen });
    input.addEventListener("change", () => changed(label));
    return make("label", {}, input, make("span", { textContent: label ?? "All" }));
  }));
}
