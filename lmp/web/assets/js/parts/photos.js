// Says how many photographs were chosen, in the words the server gave.
export function countPhotos() {
  for (const field of document.querySelectorAll("input[data-counts]")) {
    const word = field.parentElement.querySelector("span");
    const empty = word.textContent;
    field.addEventListener("change", () => {
      const number = field.files.length;
      word.textContent = number ? field.dataset.counts.replace("{number}", number) : empty;
    });
  }
}
