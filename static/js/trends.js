// Draws the trends from their table. Without JavaScript the table says the same.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const figure = document.querySelector("[data-chart-of]");
  const table = figure && document.getElementById(figure.dataset.chartOf);
  if (!table || typeof echarts === "undefined") return;
  const rows = [...table.querySelectorAll("tbody tr")];
  const months = rows.map((row) => row.dataset.month);
  const of = (key) => rows.map((row) => (row.dataset[key] === "" ? null : Number(row.dataset[key])));
  const words = [...figure.querySelectorAll(".pp-chart__word")];
  const look = (key) => {
    const word = words.find((one) => one.classList.contains(`pp-chart__word--${key}`));
    return { name: word.textContent, color: getComputedStyle(word).borderLeftColor };
  };
  figure.hidden = false;
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13, color: "#3b4252" };
  const base = {
    animation: false,
    textStyle: font,
    grid: { left: 44, right: 12, top: 16, bottom: 28 },
    xAxis: { type: "category", data: months, axisLabel: { ...font, hideOverlap: true } },
    yAxis: { type: "value", minInterval: 1, axisLabel: font },
  };
  const stacked = ["on_time", "extended", "late", "overdue"].map((key) => ({
    type: "bar", stack: "letters", barMaxWidth: 34, data: of(key), silent: true,
    name: look(key).name, itemStyle: { color: look(key).color, borderColor: "#fffdf9", borderWidth: 1 },
  }));
  const line = [{
    type: "line", data: of("median"), silent: true, symbol: "circle", symbolSize: 8, connectNulls: false,
    name: look("median").name, lineStyle: { color: look("median").color, width: 3 },
    itemStyle: { color: look("median").color },
  }];
  const draw = (place, series) => {
    const chart = echarts.init(figure.querySelector(place), null, { renderer: "canvas" });
    chart.setOption({ ...base, series });
    return chart;
  };
  const charts = [draw(".pp-chart__bars", stacked), draw(".pp-chart__line", line)];
  window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
  figure.dataset.drawn = String(charts.length);
});
