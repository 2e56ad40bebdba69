// Panel "Checkpoints": a run's checkpoints, why each is kept, and the aliases that point at them.

import { elements, make, reason, repeat, say } from "./panel.js";
import { fetchCheckpoints, promote, rollBack, verify } from "./sampler.js";
import { ago, count, figure } from "./text.js";

export function startCheckpoints() {
  const element = elements("checkpoints-message", "aliases", "checkpoint-table", "checkpoint-rows", "confirm",
    "confirm-title", "confirm-text", "confirm-alias-label", "confirm-alias", "confirm-reason", "confirm-message",
    "confirm-yes", "confirm-no");
  const verified = new Map();
  let run = null;
  let mayChange = false;
  let shown = "";
  let notice = "";
  let confirmed = null;
  const { ready, again } = repeat(ask);

  element["confirm-no"].addEventListener("click", () => element.confirm.close());
  element["confirm-yes"].addEventListener("click", () => confirmed());
  return {
    ready,
    watch(watched, allowed) {
      if (watched !== run || allowed !== mayChange) {
        [run, mayChange, shown] = [watched, allowed, ""];
        again();
      }
    },
  };

  async function ask() {
    if (run === null) {
      say(element["checkpoints-message"], "No run yet.");
      return;
    }
    try {
      const checkpoints = await fetchCheckpoints(run);
      say(element["checkpoints-message"], checkpoints.length > 0 ? notice : `Run ${run} has no checkpoint yet.`);
      show(checkpoints);
    } catch (failure) {
      say(element["checkpoints-message"], reason(failure));
    }
  }

  function show(checkpoints) {
    showTimes();
    const state = JSON.stringify([run, mayChange, checkpoints, [...verified]]);
    if (state === shown) {
      return;
    }
    shown = state;
    const focus = document.activeElement?.dataset?.key;
    const newest = checkpoints.at(-1)?.step;
    element["checkpoint-table"].hidden = checkpoints.length === 0;
    element["checkpoint-rows"].replaceChildren(...checkpoints.toReversed().map((one) => row(one, one.step === newest)));
    const pointing = checkpoints.flatMap(({ step, aliases }) => aliases.map((alias) => [alias, step]));
    element.aliases.replaceChildren(...pointing.map(([alias, step]) => make("p", { className: "alias" },
      make("strong", { textContent: alias }), ` is step ${count(step)} `,
      ...(mayChange ? [button("Roll back…", `back-${alias}`, () => confirmRollBack(alias, step))] : []))));
    showTimes();
    document.querySelector(`[data-key="${focus}"]`)?.focus();
  }

  function row({ step, digest, createdAt, metrics, aliases, best, pinned }, newest) {
    const why = [
      ...(newest ? ["newest"] : []),
      ...(best ? ["best"] : []),
      ...aliases.map((alias) => `alias ${alias}`),
      ...(pinned ? ["read now"] : []),
    ];
    const number = (value) => make("td", { className: "number", textContent: value === undefined ? "–" : figure(value) });
    const time = make("time", { dateTime: createdAt, title: createdAt });
    return make("tr", {},
      make("th", { scope: "row", textContent: count(step) }),
      make("td", {}, time),
      number(metrics.loss), number(metrics.mse), number(metrics.kl), number(metrics["evaluation.loss"]),
      make("td", { textContent: why.length > 0 ? why.join(", ") : "by the run's options" }),
      make("td", {}, make("code", { textContent: digest.slice(0, 8), title: digest })),
      make("td", { className: "actions" },
        ...(mayChange ? [button("Promote…", `promote-${step}`, () => confirmPromote(step), `Promote step ${step}`)] : []),
        button("Verify", `verify-${step}`, () => check(step), `Verify step ${step}`),
        make("span", { className: "verdict", textContent: verified.get(`${run}/${step}`) ?? "" })));
  }

  function button(text, key, act, label = text) {
    const made = make("button", { type: "button", textContent: text });
    made.dataset.key = key;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function showTimes() {
    for (const time of element["checkpoint-rows"].querySelectorAll("time")) {
      time.textContent = ago(time.dateTime);
    }
  }

  async function check(step) {
    const key = `${run}/${step}`;
    verified.set(key, "reading…");
    again();
    try {
      const { faults, blobs, bytes } = await verify(run, step);
      verified.set(key, faults.length === 0
        ? `whole: ${blobs} blobs, ${figure(bytes / 1e6)} MB`
        : `differs: ${faults.map(({ what }) => what).join(", ")}`);
    } catch (failure) {
      verified.set(key, reason(failure, "The sampler"));
    }
    again();
  }

  function confirmPromote(step) {
    element["confirm-alias-label"].hidden = false;
    open(`Promote step ${count(step)} of ${run}`,
      "Whoever asks for the alias gets this checkpoint from now on. It is kept for as long as the alias points at it.",
      "Promote",
      (why) => promote(run, element["confirm-alias"].value.trim(), step, why),
      ({ alias }) => `${alias} points at step ${count(step)} now.`);
  }

  function confirmRollBack(alias, step) {
    element["confirm-alias-label"].hidden = true;
    open(`Roll back ${alias} of ${run}`,
      `It points at step ${count(step)} and will point where it pointed before. That is a new move in its history.`,
      "Roll back",
      (why) => rollBack(run, alias, why),
      (move) => `${alias} points at step ${count(move.step)} again.`);
  }

  function open(title, text, verb, act, told) {
    element["confirm-title"].textContent = title;
    element["confirm-text"].textContent = text;
    element["confirm-yes"].textContent = verb;
    element["confirm-reason"].value = "";
    say(element["confirm-message"], "");
    confirmed = async () => {
      element["confirm-yes"].disabled = true;
      try {
        notice = told(await act(element["confirm-reason"].value.trim()));
        element.confirm.close();
      } catch (failure) {
        say(element["confirm-message"], reason(failure));
      } finally {
        element["confirm-yes"].disabled = false;
      }
      again();
    };
    element.confirm.showModal();
  }
}
