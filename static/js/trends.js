// Draws the trends from their tables. Without JavaScript the tables say the same.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  if (typeof echarts === "undefined") return;
  const body = getComputedStyle(document.body);
  const font = { fontFamily: body.fontFamily, fontSize: 13, color: "#3b4252" };
  const base = { animation: false, textStyle: font };
  const charts = [];
  const draw = (place, option) => {
    const chart = echarts.init(place, null, { renderer: "canvas" });
    chart.setOption({ ...base, ...option });
    charts.push(chart);
  };
  const colour = (word) => getComputedStyle(word).borderLeftColor;
  const number = (row, key) => (row.dataset[key] === "" ? null : Number(row.dataset[key]));
  const bar = (word, data) => ({
    type: "bar", stack: "all", barMaxWidth: 34, silent: true, data, name: word.textContent,
    itemStyle: { color: colour(word), borderColor: "#fffdf9", borderWidth: 1 },
  });

  // Numbers, a bar a month; below them a line of what has no sum.
  const months = (figure, rows) => {
    const names = rows.map((row) => row.dataset.name);
    const axes = {
      grid: { left: 52, right: 12, top: 16, bottom: 28 },
      xAxis: { type: "category", data: names, axisLabel: { ...font, hideOverlap: true } },
    };
    const words = [...figure.querySelectorAll("[data-part]")];
    draw(figure.querySelector(".pp-chart__bars"), {
      ...axes,
      yAxis: { type: "value", minInterval: 1, axisLabel: font },
      series: words.map((word) => bar(word, rows.map((row) => number(row, word.dataset.part)))),
    });
    const word = figure.querySelector("[data-line]");
    if (!word) return;
    const most = word.dataset.most ? Number(word.dataset.most) : null;
    draw(figure.querySelector(".pp-chart__line"), {
      ...axes,
      yAxis: { type: "value", min: 0, max: most, axisLabel: { ...font, formatter: `{value}${word.dataset.unit || ""}` } },
      series: [{
        type: "line", silent: true, symbol: "circle", symbolSize: 8, connectNulls: false, name: word.textContent,
        data: rows.map((row) => number(row, word.dataset.line)),
        lineStyle: { color: colour(word), width: 3 }, itemStyle: { color: colour(word) },
      }],
    });
  };

  // Shares of a hundred, a bar a row, in the table's order; none where the table gives no rate.
  const shares = (figure, rows) => {
    const known = rows.filter((row) => row.dataset.rate !== "");
    if (known.length === 0) return false;
    const words = [...figure.querySelectorAll("[data-part]")];
    const sum = (row) => words.reduce((all, word) => all + number(row, word.dataset.part), 0);
    const place = figure.querySelector(".pp-chart__bars");
    const side = Math.min(260, Math.round(figure.clientWidth * 0.36));
    place.style.height = `${known.length * (side < 200 ? 44 : 34) + 48}px`;
    draw(place, {
      grid: { left: side + 8, right: 40, top: 8, bottom: 28 },
      xAxis: { type: "value", max: 100, axisLabel: { ...font, formatter: "{value}%", hideOverlap: true } },
      yAxis: {
        type: "category", inverse: true, data: known.map((row) => row.dataset.name),
        axisTick: { show: false }, axisLabel: { ...font, interval: 0, width: side, overflow: "break" },
      },
      series: words.map((word) => bar(word, known.map((row) => number(row, word.dataset.part) * 100 / sum(row)))),
    });
    return true;
  };

  for (const figure of document.querySelectorAll("[data-chart-of]")) {
    const rows = [...document.querySelectorAll(`#${figure.dataset.chartOf} tbody tr`)];
    const before = charts.length;
    figure.hidden = false;
    if ("shares" in figure.dataset) figure.hidden = !shares(figure, rows);
    else months(figure, rows);
    figure.dataset.drawn = String(charts.length - before);
  }
  window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
});
