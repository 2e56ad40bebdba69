// Numbers and times as people read them.

const whole = new Intl.NumberFormat("en");
const decimal = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const count = (value) => whole.format(Math.round(value));

export const figure = (value) => decimal.format(value);

/** Seconds as 45 s, 3 min 20 s or 2 h 5 min. */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  return s < 3600
    ? `${Math.floor(s / 60)} min ${s % 60} s`
    : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** How long ago an ISO 8601 time was. */
export function ago(time, now = Date.now()) {
  const seconds = (now - Date.parse(time)) / 1000;
  return seconds < 86_400 ? `${duration(seconds)} ago` : `${count(seconds / 86_400)} d ago`;
}
