// An open menu closes with Escape and when the person goes elsewhere.
export function closeMenus() {
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("pointerdown", ({ target }) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  });
}
