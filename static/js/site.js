// Small comforts; every page works without them.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.querySelector(".govuk-error-summary");
  if (summary) summary.focus();
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const line of document.querySelectorAll("[data-count-for]")) {
    const area = document.getElementById(line.dataset.countFor);
    const limit = Number(line.dataset.countLimit);
    const zh = document.documentElement.lang.startsWith("zh");
    const tell = () => {
      const used = [...area.value].length;
      line.textContent = zh ? `已写 ${used} 字，最多 ${limit} 字` : `${used} of ${limit} characters`;
    };
    area.addEventListener("input", tell);
    tell();
  }
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", () => {
      // A second press sends nothing; the server would store it once all the same. A download
      // leaves the page as it is, so the buttons come back.
      const buttons = [...form.querySelectorAll("button[type=submit]")];
      window.setTimeout(() => buttons.forEach((b) => { b.disabled = true; }), 0);
      window.setTimeout(() => buttons.forEach((b) => { b.disabled = false; }), 5000);
    });
  }
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("button[type=submit]").forEach((b) => { b.disabled = false; });
  });
});
