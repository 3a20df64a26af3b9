// The style of the report page: light and dark, narrow and wide.
#include "lab/report/page.h"

namespace grebe::lab::report {

const std::string_view kPageStyle = R"css(
:root {
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d2429; --soft: #5b666e; --line: #e2ded5;
  --good: #1f7a4d; --good-wash: #e4f3ea; --bad: #b3261e; --bad-wash: #fbe6e4;
  --e0: #0f6f8c; --e1: #d98a1f; --e2: #7a58b5; --e3: #4f8a3d; --e4: #b0486f; --e5: #5d6b78;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181b; --card: #1c2226; --ink: #e7eaec; --soft: #9aa6ae; --line: #313a40;
    --good: #6fcf9b; --good-wash: #17342a; --bad: #ff8a80; --bad-wash: #43201f;
    --e0: #4db6d4; --e1: #f0ad4e; --e2: #b294e6; --e3: #8bc978; --e4: #e788ac; --e5: #9fb0bd;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 64px; }
header h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
header p { margin: 0; color: var(--soft); }
h2 { font-size: 18px; margin: 0 0 2px; }
.lead { color: var(--soft); margin: 0 0 14px; max-width: 70ch; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  padding: 20px; margin-top: 18px; }
.verdict { display: flex; gap: 12px; align-items: center; border-radius: 12px; padding: 14px 18px;
  margin-top: 18px; font-weight: 600; }
.verdict.good { background: var(--good-wash); color: var(--good); }
.verdict.bad { background: var(--bad-wash); color: var(--bad); }
.verdict svg { flex: none; }
.columns { display: grid; gap: 18px; grid-template-columns: repeat(2, minmax(0, 1fr)); }
.columns > section { margin-top: 0; }
.columns { margin-top: 18px; }
.tools { display: flex; flex-wrap: wrap; gap: 8px 20px; margin: 0 0 14px; align-items: center; }
.tabs { display: inline-flex; flex-wrap: wrap; border: 1px solid var(--line); border-radius: 8px;
  overflow: hidden; }
.tabs button { font: inherit; font-size: 13px; color: var(--soft); background: none; border: 0;
  padding: 5px 12px; cursor: pointer; }
.tabs button + button { border-left: 1px solid var(--line); }
.tabs button[aria-pressed="true"] { background: var(--ink); color: var(--card); }
.tabs button:focus-visible { outline: 2px solid var(--e0); outline-offset: -2px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; color: var(--soft); }
.legend span::before { content: ""; display: inline-block; width: 10px; height: 10px;
  border-radius: 3px; margin-right: 6px; background: var(--swatch); }
svg.chart { display: block; width: 100%; height: auto; overflow: visible; }
svg.chart text { font-size: 12px; fill: var(--soft); }
svg.chart text.strong { fill: var(--ink); }
svg.chart text.bad { fill: var(--bad); font-weight: 600; }
svg.chart .whisker { fill: none; stroke: var(--ink); stroke-width: 1.5; opacity: 0.55; }
svg.chart .grid { stroke: var(--line); stroke-width: 1; }
.scroll { overflow-x: auto; margin: 0 -20px; padding: 0 20px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { padding: 5px 10px; text-align: right; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
th { font-weight: 600; color: var(--soft); }
th:first-child, td:first-child, .text { text-align: left; }
tr:last-child td { border-bottom: 0; }
td small { color: var(--soft); font-size: 11px; }
td.bad, .badge { color: var(--bad); font-weight: 600; }
.problem + .problem { border-top: 1px solid var(--line); margin-top: 10px; padding-top: 10px; }
.problem p { margin: 0; font-size: 14px; }
.problem .what { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
details { margin-top: 14px; }
summary { cursor: pointer; color: var(--soft); font-size: 13px; }
svg.chart + .scroll, div + .scroll { margin-top: 12px; }
td.sticky, th.sticky { position: sticky; left: 0; background: var(--card); }
tr.sum td { font-weight: 600; border-top: 2px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; margin: 0;
  font-size: 13px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 760px) {
  main { padding: 18px 12px 40px; }
  header h1 { font-size: 21px; }
  section { padding: 16px 14px; border-radius: 10px; }
  .scroll { margin: 0 -14px; padding: 0 14px; }
  .columns { grid-template-columns: minmax(0, 1fr); }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
}
@media print {
  body { background: none; }
  section { break-inside: avoid; }
}
)css";

}  // namespace grebe::lab::report
