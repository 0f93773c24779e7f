// Passkeys: hands the page's question to the browser and sends the answer with the form. The server judges it.
export function usePasskeys() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (window.PublicKeyCredential) form.addEventListener("submit", (event) => answer(event, form));
    else show(form, "missing");
  }
}

async function answer(event, form) {
  if (event.submitter?.name === "_lang" || !form.reportValidity()) return;
  event.preventDefault();
  show(form, "");
  try {
    const publicKey = opened(JSON.parse(form.dataset.options));
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.answer.value = JSON.stringify(sealed(made));
    form.submit();
  } catch (refused) {
    show(form, refused.name === "InvalidStateError" ? "known" : "failed");
  }
}

// The sentences stand in the page, in its language; one at most is shown.
function show(form, which) {
  for (const said of form.querySelectorAll("[data-said]")) said.hidden = said.dataset.said !== which;
}

function opened(options) {
  const known = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
  publicKey[options.user ? "excludeCredentials" : "allowCredentials"] =
    known(options.user ? options.excludeCredentials : options.allowCredentials);
  return publicKey;
}

function sealed(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} };
}

const bytes = (word) =>
  Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
