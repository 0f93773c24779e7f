// A page that shows work in progress looks again by itself, unless somebody is about to press something.
export function reloadWhileRunning() {
  const running = document.querySelector("[data-reload]");
  if (!running) return;
  setInterval(() => {
    if (!document.hidden && !running.contains(document.activeElement)) location.reload();
  }, 1000 * Number(running.dataset.reload));
}
