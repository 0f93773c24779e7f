// A form that was sent shows it and cannot be sent a second time; coming back to the page frees it again.
export function sendOnce() {
  document.addEventListener("submit", ({ target, submitter, defaultPrevented }) => {
    if (defaultPrevented || target.method !== "post" || !("sendOnce" in target.dataset)) return;
    if (submitter?.name === "_lang") return;
    // Disabling at once would keep the pressed button's value out of what is sent.
    setTimeout(() => buttonsOf(target).forEach((button) => {
      button.disabled = true;
      if (button === submitter) button.setAttribute("aria-busy", "true");
    }));
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) document.querySelectorAll("form[data-send-once]").forEach((form) => buttonsOf(form).forEach(free));
  });
}

const buttonsOf = (form) => [...form.elements].filter((element) => element.type === "submit");

function free(button) {
  button.disabled = false;
  button.removeAttribute("aria-busy");
}
