// Keys of the desk. Everything works without this file; buttons carry their key in data-key.
"use strict";

const keysOn = document.currentScript.dataset.keys !== "off";
const typing = "input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]";

function move(step) {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.offsetParent);
  if (!rows.length) return;
  let place = rows.indexOf(document.activeElement);
  if (place < 0) place = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + step));
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

function zoom(factor) {
  const picture = document.querySelector("[data-zoom] img");
  if (!picture) return;
  const width = Math.min(8, Math.max(0.25, (picture.dataset.scale ?? 1) * factor));
  picture.dataset.scale = width;
  picture.style.maxInlineSize = "none";
  picture.style.inlineSize = `${width * 100}%`;
}

function leave(field) {
  if (field) field.blur();
  else document.querySelector("#act [data-close]")?.click();
}

const own = { j: () => move(1), k: () => move(-1), "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8) };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  const field = event.target.closest?.(typing);
  if (event.key === "Escape") return leave(field);
  if (!keysOn || field) return;
  const key = event.key.toLowerCase();
  const act = own[key];
  const pressed = act ? null : document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!act && !pressed) return;
  event.preventDefault();
  if (act) return act();
  pressed.focus();
  pressed.click();
});

// A form that came by htmx is where one goes on; closing it gives the place back to the acts.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "act") return;
  const first = event.target.querySelector("[aria-invalid=true], input:not([type=hidden]), select, textarea, button");
  first?.focus();
  event.target.scrollIntoView({ block: "nearest" });
});
document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) {
    event.preventDefault();
    document.querySelector("#act").replaceChildren();
    document.querySelector(".desk-acts .button")?.focus();
  }
  const fill = event.target.closest("[data-fill]");
  if (fill) {
    event.preventDefault();
    const field = document.querySelector(fill.dataset.fill);
    field.value = field.value.trim() ? `${field.value.trim()}\n${fill.textContent}` : fill.textContent;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }
});
// htmx shows answers that say what is wrong as well.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
});
