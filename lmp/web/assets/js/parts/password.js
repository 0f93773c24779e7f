// A box beside a password that shows what was typed.
export function showPasswords() {
  for (const box of document.querySelectorAll("[data-shows]")) {
    const field = document.getElementById(box.dataset.shows);
    const show = () => { field.type = box.checked ? "text" : "password"; };
    box.addEventListener("change", show);
    field.form?.addEventListener("submit", () => { field.type = "password"; });
  }
}
