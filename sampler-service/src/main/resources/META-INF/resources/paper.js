export function startPaper() {
  return { serve() {} };
}
