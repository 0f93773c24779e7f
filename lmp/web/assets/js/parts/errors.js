// After a refused form the summary of what to repair takes focus, and its links lead into the fields.
export function focusErrorSummary() {
  document.getElementById("error-summary")?.focus();
}
