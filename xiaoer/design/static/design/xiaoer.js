// Progressive extras only: every page works without this file.
"use strict";

// After a refused form the error summary is read first.
document.querySelector("[data-focus]:not([data-sample] *)")?.focus();

// An opened day or menu closes with Escape or a click elsewhere.
function closeOpened(except) {
  for (const opened of document.querySelectorAll("details[data-overlay][open]")) {
    if (!opened.contains(except)) opened.open = false;
  }
}
document.addEventListener("click", (event) => closeOpened(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const opened = document.querySelector("details[data-overlay][open]");
  closeOpened(null);
  opened?.querySelector("summary").focus();
});

// On paper everything marked for it is open.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details[data-print]:not([open])")) {
    part.open = true;
    part.dataset.closeAgain = "";
  }
});
addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("details[data-close-again]")) {
    part.open = false;
    delete part.dataset.closeAgain;
  }
});

// Uploads: a preview of pictures, names and sizes of the rest.
function preview(input) {
  const place = input.closest(".upload")?.querySelector(".upload-preview");
  if (!place) return;
  place.replaceChildren();
  for (const file of input.files) {
    const words = document.createElement("span");
    words.textContent = `${file.name} · ${(file.size / 1048576).toFixed(1)} MB`;
    if (file.type.startsWith("image/") && file.type !== "image/svg+xml") {
      const picture = document.createElement("img");
      picture.alt = "";
      const reader = new FileReader();
      reader.onload = () => { picture.src = reader.result; };
      reader.readAsDataURL(file);
      place.append(picture);
    }
    place.append(words);
  }
}
document.addEventListener("change", (event) => {
  if (event.target.matches(".upload input[type=file]")) preview(event.target);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const place = event.target.closest?.(".upload");
    if (!place) return;
    place.classList.toggle("over", kind === "dragover");
    if (kind === "dragover") event.preventDefault();
    if (kind !== "drop") return;
    event.preventDefault();
    const input = place.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    preview(input);
  });
}

// Sending files shows how far it is; the answer is shown as without JavaScript.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const meter = form.querySelector(".upload progress");
  const heavy = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  if (!meter || !heavy || event.defaultPrevented) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.onprogress = (step) => {
    meter.hidden = false;
    if (step.lengthComputable) meter.value = step.loaded / step.total;
  };
  request.onload = () => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    history.replaceState(null, "", request.responseURL);
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    (document.querySelector("[data-focus]") ?? document.querySelector("main")).focus();
  };
  request.onerror = () => form.submit();
  const body = new FormData(form, event.submitter);
  request.send(body);
});

// The next level of a place comes without a page load.
document.addEventListener("change", async (event) => {
  const select = event.target;
  const levels = select.closest("[data-children]");
  if (!levels || select.tagName !== "SELECT") return;
  const all = [...levels.querySelectorAll("select")];
  const lower = all.slice(all.indexOf(select) + 1);
  for (const each of lower) {
    each.length = 1;
    each.disabled = true;
  }
  if (!select.value || !lower.length) return;
  const answer = await fetch(levels.dataset.children + encodeURIComponent(select.value));
  if (!answer.ok) return;
  for (const [code, name] of await answer.json()) lower[0].add(new Option(name, code));
  lower[0].disabled = lower[0].length === 1;
});
for (const button of document.querySelectorAll("[data-children] button")) button.hidden = true;
