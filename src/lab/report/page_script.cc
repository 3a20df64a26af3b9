// The script of the report page: draws tables and charts from the JSON that the page holds.
// Long: it is one script of one page, kept as one text so that it can be read as one.
#include "lab/report/page.h"

namespace grebe::lab::report {

const std::string_view kPageScript = R"js(
"use strict";
const report = JSON.parse(document.getElementById("report").textContent);
const page = document.getElementById("page");
const state = { format: report.formats[0], measure: "wall" };
const MEASURES = { wall: "wall time", cpu: "CPU time" };
const NAMES = { parquet: "Parquet", delta: "Delta", iceberg: "Iceberg", hudi: "Hudi",
  bronze: "Bronze" };
const name = (format) => NAMES[format] || format;
const color = (engine) => `var(--e${report.engines.indexOf(engine) % 6})`;

// ---------------------------------------------------------------- numbers
function duration(seconds) {
  if (seconds == null) return "–";
  const ms = seconds * 1e3;
  if (ms >= 10000) return seconds.toFixed(1) + " s";
  if (ms >= 1000) return seconds.toFixed(2) + " s";
  return (ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0)) + " ms";
}
function bytes(value) {
  if (value == null) return "–";
  for (const [unit, size] of [["GB", 1e9], ["MB", 1e6], ["kB", 1e3]]) {
    if (value >= size) return (value / size).toFixed(value / size < 10 ? 2 : 1) + " " + unit;
  }
  return value + " B";
}

// "12.1 – 13.4 ms": the unit once where both ends have the same.
function range(low, high, format) {
  const [a, b] = [format(low), format(high)];
  const [number, unit] = a.split(" ");
  return b.endsWith(" " + unit) ? `${number} – ${b}` : `${a} – ${b}`;
}

// ---------------------------------------------------------------- elements
function element(tag, attributes = {}, ...children) {
  const svg = ["svg", "g", "rect", "line", "circle", "text", "title", "path"].includes(tag);
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag)
                   : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.onclick = value; else made.setAttribute(key, value);
  }
  for (const child of children) if (child != null) made.append(child);
  return made;
}
function section(title, lead, ...children) {
  return element("section", {}, element("h2", {}, title),
                 lead ? element("p", { class: "lead" }, lead) : null, ...children);
}
function tabs(label, choices, current, choose) {
  const group = element("div", { class: "tabs", role: "group", "aria-label": label });
  for (const [value, text] of choices) {
    group.append(element("button", { "aria-pressed": String(value === current),
      onclick: () => choose(value) }, text));
  }
  return group;
}
function legend(engines) {
  const box = element("div", { class: "legend" });
  for (const engine of engines) {
    box.append(element("span", { style: `--swatch: ${color(engine)}` }, engine));
  }
  return box;
}
function table(headers, rows, classes = "") {
  const head = element("tr");
  headers.forEach((text, i) => head.append(
    element("th", { class: i === 0 ? "sticky" : "" }, text)));
  const body = element("tbody");
  rows.forEach((row) => body.append(row));
  return element("div", { class: "scroll" },
    element("table", { class: classes }, element("thead", {}, head), body));
}

// ---------------------------------------------------------------- charts
// Charts are drawn in pixels of their box, so that text keeps its size on narrow screens.
const drawn = [];
function chart(draw) {
  const box = element("div");
  const render = () => {
    const width = Math.max(260, box.clientWidth || 600);
    box.replaceChildren(draw(width));
  };
  drawn.push(render);
  return box;
}
function niceTicks(top, count) {
  const raw = top / count;
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw) || 10 * power;
  const ticks = [];
  for (let v = 0; v <= top * 1.0001; v += step) ticks.push(v);
  return ticks;
}
// rows: [{group, label, value, low, high, text, color, bad}], horizontal bars.
function bars(rows, format) {
  return chart((width) => {
    const left = width < 480 ? 74 : 96;
    const right = 112, barHeight = 18, gap = 5, groupGap = 14;
    const top = Math.max(...rows.map((r) => Math.max(r.value || 0, r.high || 0))) || 1;
    const scale = (v) => left + (v / top) * (width - left - right);
    const svg = element("svg", { class: "chart", role: "img" });
    let y = 4, last = null;
    for (const row of rows) {
      if (row.group !== last) {
        if (last !== null) y += groupGap - gap;
        svg.append(element("text", { x: 0, y: y + 13, class: "strong" }, row.group));
        last = row.group;
      }
      const bar = element("rect", { x: left, y, height: barHeight, rx: 3, fill: row.color,
        width: Math.max(row.value == null ? 0 : 2, scale(row.value || 0) - left) });
      bar.append(element("title", {}, `${row.group} ${row.label}: ${row.text}`));
      svg.append(bar);
      let end = scale(row.value || 0);
      if (row.high != null) {
        svg.append(element("path", { class: "whisker", d: `M${scale(row.low)} ${y + 9}H${scale(row.high)}` +
          `M${scale(row.low)} ${y + 5}v8M${scale(row.high)} ${y + 5}v8` }));
        end = Math.max(end, scale(row.high));
      }
      svg.append(element("text", { x: end + 6, y: y + 13, class: row.bad ? "bad" : "strong" }, row.text));
      y += barHeight + gap;
    }
    svg.setAttribute("viewBox", `0 0 ${width} ${y}`);
    return svg;
  });
}
// One row a query, one dot an engine with its interval, on a logarithmic axis.
function dots(format, measure) {
  return chart((width) => {
    const cells = report.cells.filter((c) => c.format === format);
    const engines = report.engines.filter((e) => cells.some((c) => c.engine === e));
    const values = cells.flatMap((c) => c[measure] ? [c[measure].low, c[measure].high] : [])
      .filter((v) => v > 0);
    const low = Math.log10(Math.min(...values) / 1.25), high = Math.log10(Math.max(...values) * 1.25);
    const left = 40, right = 14, rowHeight = 10 + 9 * engines.length, top = 26;
    const scale = (v) => left + ((Math.log10(v) - low) / (high - low)) * (width - left - right);
    const height = top + report.queries.length * rowHeight + 4;
    const svg = element("svg", { class: "chart", role: "img", viewBox: `0 0 ${width} ${height}` });
    if (!values.length) return svg;
    const steps = [];
    for (let e = Math.floor(low); e <= Math.ceil(high); ++e) {
      for (const m of width < 520 ? [1, 3] : [1, 2, 5]) steps.push(m * Math.pow(10, e));
    }
    let free = -100;
    for (const step of steps.filter((s) => Math.log10(s) >= low && Math.log10(s) <= high)) {
      const x = scale(step);
      svg.append(element("line", { class: "grid", x1: x, x2: x, y1: top - 6, y2: height }));
      const label = step < 1 ? `${+(step * 1e3).toPrecision(1)} ms` : `${step} s`;
      if (x - free > 52) {
        svg.append(element("text", { x, y: 12, "text-anchor": "middle" }, label));
        free = x;
      }
    }
    report.queries.forEach((query, i) => {
      const y = top + i * rowHeight;
      svg.append(element("line", { class: "grid", x1: 0, x2: width - right, y1: y, y2: y }));
      svg.append(element("text", { x: 0, y: y + rowHeight / 2 + 4, class: "strong" }, query));
      engines.forEach((engine, k) => {
        const cell = cells.find((c) => c.engine === engine && c.query === query);
        const cy = y + 9.5 + k * 9;
        if (!cell) return;
        if (cell.status !== "ok") {
          svg.append(element("text", { x: left + 4 + k * 110, y: y + rowHeight / 2 + 4, class: "bad" },
            `${engine} ${cell.status}`));
          return;
        }
        const v = cell[measure];
        if (!v) return;
        const mark = element("g", {});
        mark.append(element("title", {}, `${engine} ${query}: ${duration(v.median)} ` +
          `(${duration(v.low)} to ${duration(v.high)}, ${v.runs.length} runs)`));
        mark.append(element("line", { x1: scale(v.low), x2: scale(v.high), y1: cy, y2: cy,
          stroke: color(engine), "stroke-width": 2, opacity: 0.55 }));
        mark.append(element("circle", { cx: scale(v.median), cy, r: 4.2, fill: color(engine) }));
        svg.append(mark);
      });
    });
    return svg;
  });
}

// ---------------------------------------------------------------- sections
function head() {
  const all = report.cells.length;
  const good = report.cells.filter((c) => c.status === "ok").length;
  const settings = report.context.settings;
  const is_good = report.problems.length === 0 && all > 0;
  const mark = is_good ? "M5 12.5l4.5 4.5L19 7.5" : "M6 6l12 12M18 6L6 18";
  const icon = element("svg", { width: 22, height: 22, viewBox: "0 0 24 24", "aria-hidden": "true" },
    element("path", { d: mark, fill: "none", stroke: "currentColor", "stroke-width": 2.6,
      "stroke-linecap": "round", "stroke-linejoin": "round" }));
  const text = is_good
    ? `All ${all} results were right each time: every time below stands beside a verified answer.`
    : `${good} of ${all} results were right; ${all - good} were wrong or failed` +
      `${report.problems.some((p) => p.queries.includes("load")) ? ", and loading failed" : ""}.`;
  return [
    element("header", {},
      element("h1", {}, `TPC-H SF ${settings.scale_factor} on ${report.formats.map(name).join(", ")}`),
      element("p", {}, `${report.benchmark_id} · ${report.engines.join(" · ")} · ` +
        `${settings.repetitions} measured runs of each query after ${settings.warmup} to warm up`)),
    element("div", { class: `verdict ${is_good ? "good" : "bad"}`, role: "status" }, icon,
      element("span", {}, text)),
  ];
}
function problems() {
  if (report.problems.length === 0) return null;
  const list = report.problems.map((p) => {
    const all = p.queries.length > 1 && p.queries.length === report.queries.length;
    return element("div", { class: "problem" },
      element("p", {}, element("span", { class: "badge" }, p.status),
        ` ${p.engine} on ${name(p.format)}: ${all ? `all ${p.queries.length} queries` : p.queries.join(" ")}`),
      element("p", { class: "what" }, (p.error || "").slice(0, 600)));
  });
  return section("Wrong or failed", "These have no time.", ...list);
}
function overview() {
  const measure = state.measure;
  const rows = report.totals.map((t) => {
    const value = t[`${measure}_geomean_s`];
    const missing = t.wrong + t.failed;
    return { group: name(t.format), label: t.engine, value, low: t[`${measure}_geomean_low_s`],
      high: t[`${measure}_geomean_high_s`], color: color(t.engine),
      bad: missing > 0, text: missing > 0
        ? `${t.engine}: ${missing} of ${t.queries} not right` : duration(value) };
  });
  rows.sort((a, b) => report.formats.map(name).indexOf(a.group) - report.formats.map(name).indexOf(b.group));
  return section("Geometric mean of all queries",
    `Of the medians of ${MEASURES[measure]}, shorter is better; the whisker is its 95 % bootstrap ` +
    "interval. An engine with an answer that was not right has no mean.",
    element("div", { class: "tools" },
      tabs("measure", Object.entries(MEASURES), measure, (m) => { state.measure = m; draw(); }),
      legend(report.engines)),
    bars(rows));
}
function against(total) {
  const found = report.ratios.find((r) => r.engine === total.engine && r.format === total.format);
  if (!found) return "–";
  const text = element("span", { title: `at most ${found.slowest_ratio.toFixed(2)}` },
    found.cpu_ratio.toFixed(2), " ");
  text.append(element("small", {}, `≤ ${found.slowest_ratio.toFixed(2)} ${found.slowest_query}`));
  return text;
}
function mean(total, measure) {
  const cell = element("td", {}, duration(total[`${measure}_geomean_s`]));
  const low = total[`${measure}_geomean_low_s`], high = total[`${measure}_geomean_high_s`];
  if (low != null) cell.append(" ", element("small", {}, range(low, high, duration)));
  return cell;
}
function totals() {
  const rows = report.totals.map((t) => element("tr", {},
    element("td", { class: "sticky" }, `${t.engine}, ${name(t.format)}`),
    element("td", { class: t.ok === t.queries ? "" : "bad" }, `${t.ok}/${t.queries}`),
    mean(t, "wall"), element("td", {}, duration(t.wall_sum_s)),
    mean(t, "cpu"), element("td", {}, duration(t.cpu_sum_s)),
    element("td", {}, against(t)), element("td", {}, bytes(t.peak_rss_bytes))));
  return section("Engines", "Sums and means over the medians of the queries; the peak is the " +
    "largest of any query.",
    table(["", "right", "wall mean", "wall sum", "CPU mean", "CPU sum", "CPU ÷ DuckDB", "peak memory"], rows));
}
function queries() {
  const cells = report.cells.filter((c) => c.format === state.format);
  const engines = report.engines.filter((e) => cells.some((c) => c.engine === e));
  const find = (e, q) => cells.find((c) => c.engine === e && c.query === q);
  const headers = ["query"];
  engines.forEach((e) => headers.push(e, "CPU"));
  if (engines.length > 1) headers.push(`CPU ${engines[0]} ÷ ${engines[1]}`);
  headers.push("rows");
  const rows = report.queries.map((q) => {
    const row = element("tr", {}, element("td", { class: "sticky" }, q));
    for (const e of engines) {
      const cell = find(e, q);
      if (!cell || cell.status !== "ok") {
        row.append(element("td", { class: "bad", title: cell ? cell.error || "" : "" },
          cell ? cell.status : "–"), element("td", {}, ""));
        continue;
      }
      row.append(element("td", {}, duration(cell.wall && cell.wall.median), " ",
        element("small", {}, cell.wall ? range(cell.wall.low, cell.wall.high, duration) : "")),
        element("td", {}, duration(cell.cpu && cell.cpu.median)));
    }
    if (engines.length > 1) {
      const [a, b] = engines.map((e) => find(e, q));
      const ratio = a && b && a.cpu && b.cpu ? (a.cpu.median / b.cpu.median).toFixed(2) : "–";
      row.append(element("td", {}, ratio));
    }
    const any = engines.map((e) => find(e, q)).find((c) => c && c.status === "ok");
    row.append(element("td", {}, any && any.rows != null ? String(any.rows) : "–"));
    return row;
  });
  return section(`Queries on ${name(state.format)}`,
    `Median of ${MEASURES[state.measure]} with its interval: the range of the runs below five of ` +
    "them, else the 95 % bootstrap interval. Logarithmic axis.",
    element("div", { class: "tools" },
      tabs("format", report.formats.map((f) => [f, name(f)]), state.format,
        (f) => { state.format = f; draw(); }),
      tabs("measure", Object.entries(MEASURES), state.measure, (m) => { state.measure = m; draw(); }),
      legend(engines)),
    dots(state.format, state.measure),
    element("details", {}, element("summary", {}, "as a table"), table(headers, rows)),
    element("details", {}, element("summary", {}, "memory and bytes"), resources(engines, find)));
}
function resources(engines, find) {
  const headers = ["query"];
  engines.forEach((e) => headers.push(`${e} peak`, "read", "written", "from disk"));
  return table(headers, report.queries.map((q) => {
    const row = element("tr", {}, element("td", { class: "sticky" }, q));
    for (const e of engines) {
      const cell = find(e, q) || {};
      row.append(element("td", {}, bytes(cell.peak_rss_bytes)));
      for (const key of ["read", "written", "disk_read"]) {
        row.append(element("td", {}, bytes(cell[key] && cell[key].median)));
      }
    }
    return row;
  }));
}
function load() {
  if (!report.load.length) return null;
  const rows = report.load.flatMap((l) => {
    if (l.status !== "ok") return [{ group: name(l.format), label: "load", value: null,
      color: "var(--e5)", text: l.status, bad: true }];
    return [{ group: name(l.format), label: "wall time", value: l.wall_s, color: "var(--e2)",
      text: duration(l.wall_s) },
      { group: name(l.format), label: "CPU time", value: l.cpu_s, color: "var(--e5)",
        text: duration(l.cpu_s) + (l.cpu_ratio_to_copy == null ? ""
          : ` (${l.cpu_ratio_to_copy.toFixed(2)}×)`) }];
  });
  const loader = [...new Set(report.load.map((l) => l.loader))].filter(Boolean).join(", ");
  const key = element("div", { class: "legend" },
    element("span", { style: "--swatch: var(--e2)" }, "wall time"),
    element("span", { style: "--swatch: var(--e5)" }, "CPU time"));
  return section("Load", `From bronze, by ${loader}; all eight tables, every column of every row ` +
    "compared with bronze afterwards. In brackets: CPU against DuckDB's own COPY to Parquet.",
    element("div", { class: "tools" }, key), bars(rows), loadByTable());
}
function byTable(title, formats, cell) {
  const names = [...new Set(formats.flatMap((f) => f.tables.map((t) => t.table)))];
  const rows = names.map((n) => {
    const row = element("tr", {}, element("td", { class: "sticky" }, n));
    for (const f of formats) {
      const found = f.tables.find((t) => t.table === n);
      row.append(element("td", {}, found ? cell(found) : "–"));
    }
    return row;
  });
  return element("details", {}, element("summary", {}, title),
    table(["table", ...formats.map((f) => name(f.format))], rows));
}
function storageByTable() {
  return byTable("by table: bytes in files", report.storage,
    (t) => `${bytes(t.bytes)} in ${t.files}`);
}
function loadByTable() {
  return byTable("by table: wall time, CPU time", report.load.filter((l) => l.tables),
    (t) => `${duration(t.wall_s)}, ${duration(t.cpu_s)}`);
}
function storage() {
  if (!report.storage.length) return null;
  const rows = report.storage.map((s) => ({ group: name(s.format), label: "bytes", value: s.bytes,
    color: s.format === "bronze" ? "var(--e5)" : "var(--e3)", text: bytes(s.bytes) }));
  const details = report.storage.map((s) => element("tr", {},
    element("td", { class: "sticky" }, name(s.format)), element("td", {}, bytes(s.bytes)),
    element("td", {}, s.ratio_to_bronze == null ? "–" : s.ratio_to_bronze.toFixed(3)),
    element("td", {}, String(s.files))));
  return section("Storage", "Bytes on disk, metadata included.", bars(rows),
    table(["format", "bytes", "÷ bronze", "files"], details), storageByTable());
}
function plain(value) {
  if (Array.isArray(value)) {
    const numbers = value.every((v) => typeof v === "number") && value.length > 2 &&
      value.every((v, i) => i === 0 || v === value[i - 1] + 1);
    return numbers ? `${value[0]}–${value[value.length - 1]}` : value.join(", ");
  }
  if (typeof value !== "object") return String(value);
  return Object.entries(value).map(([k, v]) => `${k} ${v}`).join(", ");
}
function data(bronze) {
  if (!bronze) return "unknown";
  const sums = bronze.tables.map((t) => `${t.table} ${(t.sha256 || "").slice(0, 8)}`).join(", ");
  return `${bronze.generator || "generated"}, ${bytes(bronze.bytes)} in ${bronze.files} files of ` +
    `${bronze.compression} Parquet, made in ${duration(bronze.seconds)}; SHA-256 ${sums}`;
}
function context() {
  const { grebe, machine, settings, engines } = report.context;
  const facts = [
    ["measured", report.timestamp],
    ["Grebe", `${grebe.version}, ${grebe.build_type || "development"} build, ${grebe.compiler}`],
    ["commit", `${grebe.commit || "unknown"}${grebe.is_dirty ? ", with changes" : ""}`],
    ["machine", `${machine.cores} cores, ${machine.cpu || machine.architecture}, ` +
      `${(machine.memory_bytes / 1073741824).toFixed(1)} GiB`],
    ["system", `${machine.os}, Linux ${machine.kernel}, load ${machine.load_1m} before` +
      (machine.load_1m_after == null ? "" : `, ${machine.load_1m_after} after`)],
    ["data", data(report.context.bronze)],
    ["engines", engines.map((e) => Object.entries(e).filter(([k, v]) => v != null && k !== "kind")
      .map(([k, v]) => k === "name" ? v : `${k.replace("_", " ")} ${v}`).join(", ")).join("; ")],
    ["settings", Object.entries(settings).filter(([, v]) => v !== "" && v !== 0)
      .map(([k, v]) => `${k.replaceAll("_", " ")} ${plain(v)}`).join("; ")],
  ];
  const list = element("dl");
  for (const [key, value] of facts) list.append(element("dt", {}, key), element("dd", {}, value));
  return section("Context", "", list);
}

function draw() {
  drawn.length = 0;
  const scroll = window.scrollY;
  const open = [...document.querySelectorAll("details")].map((d) => d.open);
  const parts = [...head(), problems(), overview(), queries(), totals()];
  const columns = element("div", { class: "columns" });
  for (const part of [load(), storage()]) if (part) columns.append(part);
  page.replaceChildren(...parts.filter(Boolean), columns, context());
  document.querySelectorAll("details").forEach((d, i) => { d.open = Boolean(open[i]); });
  drawn.forEach((render) => render());
  window.scrollTo(0, scroll);
}
draw();
let pending = 0;
window.addEventListener("resize", () => {
  cancelAnimationFrame(pending);
  pending = requestAnimationFrame(() => drawn.forEach((render) => render()));
});
)js";

}  // namespace grebe::lab::report
