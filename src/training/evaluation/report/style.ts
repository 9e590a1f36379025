/** The look of the page: quiet paper by day, ink by night; it needs nothing from elsewhere and prints well. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #faf8f4; --card: #fffdf9; --ink: #2b2a27; --soft: #77726a; --line: #e6e1d8;
  --c1: #3f6b8f; --c2: #b5653a; --c3: #5d8156; --c4: #8a6496; --c5: #a8873b; --good: #4c7a4a; --bad: #a8502f; }
@media (prefers-color-scheme: dark) { :root { --paper: #191a1c; --card: #202124; --ink: #e4e1da; --soft: #9a958b;
  --line: #34353a; --c1: #7fabd0; --c2: #dd9468; --c3: #92b98a; --c4: #bd98c9; --c5: #d3b566; --good: #8fbf8a; --bad: #e08a66; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.65;
  font: 16px/1.65 "Noto Serif", "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", Georgia, serif; }
.page { max-width: 860px; margin: 0 auto; padding: 48px 24px 80px; }
header h1 { font-weight: 500; font-size: 2.1rem; line-height: 1.25; margin: 0 0 .5rem; text-wrap: balance; }
header p { font-size: 1.08rem; color: var(--soft); margin: 0 0 1rem; max-width: 40em; }
.facts { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin: 0; font-size: .85rem; color: var(--soft); }
.facts div { display: flex; gap: .5em; min-width: 0; } .facts dt { opacity: .8; } .facts dd { margin: 0; overflow-wrap: anywhere; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 24px 28px; margin-top: 24px; break-inside: avoid; }
h2 { font-weight: 500; font-size: 1.25rem; margin: 0 0 .4rem; }
.note { color: var(--soft); font-size: .92rem; margin: 0 0 1rem; max-width: 44em; }
.body { margin: 0; white-space: pre-line; max-width: 44em; }
figure { margin: .6rem 0 0; }
.chart { width: 100%; height: auto; display: block; }
svg text { fill: var(--soft); font-size: 12px; font-family: ui-sans-serif, "Noto Sans CJK SC", system-ui, sans-serif; }
svg text.value { font-size: 11px; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-size: .86rem; color: var(--soft); }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 3px; margin-right: .5em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { text-align: left; padding: .5rem .8rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
tr:last-child td { border-bottom: 0; }
th { font-weight: 500; color: var(--soft); font-size: .85rem; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.n { white-space: normal; text-wrap: balance; }
.better { color: var(--good); } .worse { color: var(--bad); }
.interval { width: 200px; height: 16px; display: block; }
.sample { border-top: 1px solid var(--line); padding: 1rem 0; } .sample:first-of-type { border-top: 0; padding-top: 0; }
.prompt { color: var(--soft); font-size: .92rem; margin: 0 0 .5rem; white-space: pre-wrap; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 1.6rem; }
.columns h3 { font-weight: 500; font-size: .85rem; color: var(--soft); margin: 0 0 .3rem; }
.columns p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 1.4rem; }
.pictures figure { margin: 0; } .pictures audio { width: 100%; } .pictures img { width: 100%; border-radius: 6px; display: block; image-rendering: pixelated; }
.pictures figcaption { font-size: .86rem; color: var(--soft); margin-top: .4rem; }
.tongues { position: absolute; opacity: 0; pointer-events: none; }
.choice { display: flex; justify-content: flex-end; gap: 1rem; font-size: .85rem; color: var(--soft); margin-bottom: 1.6rem; }
.choice label { cursor: pointer; padding: .1em .2em; border-bottom: 1px solid transparent; }
#tongue-zh:checked ~ .page .en, #tongue-en:checked ~ .page .zh { display: none; }
#tongue-zh:checked ~ .page [for=tongue-zh], #tongue-en:checked ~ .page [for=tongue-en] { color: var(--ink); border-color: currentColor; }
.tongues:focus-visible ~ .page .choice { outline: 2px solid var(--c1); outline-offset: 4px; }
@media (max-width: 560px) { .page { padding: 28px 14px 60px; } section { padding: 18px 16px; }
  svg.chart text { font-size: 20px; } svg.chart text.value { font-size: 17px; } td:first-child { min-width: 7em; } }
@media print { body { background: none; } section { border: 0; padding: 0; } .choice { display: none; } }
`;
