// Connects passkey forms: <div data-keys="addForm" data-ids='{"add": "…"}'> calls allauth's function with those ids.
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-keys]")) {
    window.allauth.webauthn.forms[place.dataset.keys]({ ids: JSON.parse(place.dataset.ids) });
  }
});

// The device had no key, somebody cancelled, or it took too long: the browser tells nobody, so we do.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("keys_failed").hidden = false;
});
