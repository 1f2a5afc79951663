// What a page is measured by from inside; measure.py puts this into every page.
"use strict";

// Where to scroll to see all of the page, and all of each column that scrolls by itself: [which, top].
function placesToScroll() {
  window.scrolling = [document.scrollingElement, ...document.querySelectorAll(".desk-page, .desk-side")]
    .filter((one) => one.scrollHeight > one.clientHeight + 1);
  return scrolling.flatMap((one, which) => {
    const step = Math.round(one.clientHeight * 0.8);
    const steps = Math.ceil((one.scrollHeight - one.clientHeight) / step);
    return Array.from({ length: steps }, (_, place) => [which, (place + 1) * step]);
  });
}

// WCAG 2.4.7 and 2.4.11: whatever takes the focus shows it, and nothing lies over all of it.
function focusFaults() {
  const found = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (one.disabled || !one.checkVisibility({ visibilityProperty: true })) continue;
    one.focus();
    if (document.activeElement !== one) continue;
    const name = (one.name || one.id || one.textContent.trim()).slice(0, 30);
    if (!ringed(one)) found.push(`no focus ring on ${name}`);
    if (!seen(one)) found.push(`${name} is focused unseen`);
  }
  return found;
}

// A ring is drawn by the control, by the frame around it, or by the label that stands for it.
function ringed(one) {
  return [one, one.closest(".find"), one.nextElementSibling].some((part) => part && getComputedStyle(part).outlineStyle !== "none");
}

function seen(one) {
  const drawn = one.matches(".month-pick") ? one.nextElementSibling : one;
  const box = drawn.getClientRects()[0] ?? drawn.getBoundingClientRect();
  return [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].some(([x, y]) => {
    const part = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return part && (drawn.contains(part) || part.contains(drawn));
  });
}
