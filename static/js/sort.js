// Sorting by keyboard: J and K walk through the comments, X ticks, 1 to 9 press an opinion.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-sort]");
  const hints = document.querySelector("[data-keys]");
  if (!form || !hints) return;
  hints.hidden = false;
  const boxes = () => [...form.querySelectorAll(".pp-pick input[type=checkbox]")];
  const walk = (step) => {
    const all = boxes();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
    if (next) next.focus();
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      walk(key === "j" ? 1 : -1);
    } else if (key === "x" && boxes().includes(document.activeElement)) {
      document.activeElement.click();
    } else if (key >= "1" && key <= "9") {
      const into = document.querySelector(`.pp-into[data-number="${key}"]`);
      if (!into || !boxes().some((box) => box.checked)) return;
      into.click();
    } else {
      return;
    }
    event.preventDefault();
  });
});
