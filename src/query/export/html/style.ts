// The look of an exported session. People speak in the serif, tools in the mono; a red thread runs down the page, with a
// knot at every prompt, and branches where a subagent was sent off.

export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --raised: #f4f1e9; --ink: #24211c; --soft: #6d675c; --faint: #a39b8b; --rule: #e2dccd;
  --thread: #b0322b; --good: #3c7148; --bad: #b0322b; --warn: #96690f;
  --plus: #e3efdc; --minus: #f7e0da; --plus-ink: #2c5a35; --minus-ink: #8d2f24;
  --serif: Charter, "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", Gelasio, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171613; --raised: #201e1a; --ink: #e7e2d6; --soft: #a79f90; --faint: #736c5f; --rule: #35312a;
    --thread: #e0685c; --good: #82b98b; --bad: #ea7a6c; --warn: #d6a54a;
    --plus: #1d2d20; --minus: #38211e; --plus-ink: #a6d3ac; --minus-ink: #f0aea4;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 var(--serif); overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: var(--thread); text-underline-offset: .15em; }
code, pre { font-family: var(--mono); font-size: .82em; font-variant-ligatures: none; unicode-bidi: isolate; }
pre { margin: .5rem 0; padding: .7rem .9rem; overflow-x: auto; background: var(--raised); border-radius: 4px; line-height: 1.5; font-size: 13px; }
pre code { font-size: inherit; }
p code, li code { background: var(--raised); padding: .08em .3em; border-radius: 3px; display: inline-block; max-width: 100%; line-height: 1.35; }
summary { cursor: pointer; }
summary::marker { color: var(--faint); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font: 14px/1.5 var(--sans); margin: .5rem 0; }
td, th { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top; font-weight: 400; }
th { color: var(--soft); }
ins, del { text-decoration: none; } ins { color: var(--good); } del { color: var(--bad); }
em { font-style: normal; color: var(--bad); }
.aside { color: var(--soft); font: 13px/1.5 var(--sans); }
.kind { font: 600 12px/1.9 var(--sans); color: var(--soft); margin: 0; }

.masthead { max-width: 66rem; margin: 0 auto; padding: 4rem 2rem 2.25rem; }
.place, .when { margin: 0; font: 14px/1.5 var(--sans); color: var(--soft); }
h1 { font: 500 clamp(1.7rem, 4.4vw, 2.7rem)/1.15 var(--serif); letter-spacing: -.015em; margin: .35rem 0 .7rem; text-wrap: balance; max-width: 24em; }
.figures { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 1.6rem 0 0; padding: 0; font: 14px/1.5 var(--sans); color: var(--soft); }
.figures .lines { font-size: inherit; }
.figures b { font: 500 1.3rem/1.2 var(--serif); color: var(--ink); margin-right: .15rem; }

.page { max-width: 66rem; margin: 0 auto; padding: 0 2rem 6rem; display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 3.5rem; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1.5rem 0; font: 13.5px/1.4 var(--sans); }
nav summary { color: var(--soft); padding-bottom: .4rem; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav a { display: flex; gap: .7rem; padding: .32rem 0; text-decoration: none; color: var(--soft); }
nav a span { flex: none; min-width: 1.2em; text-align: right; color: var(--thread); font-variant-numeric: tabular-nums; }
nav a bdi { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
nav a:hover { color: var(--ink); }

main { min-width: 0; }
.outcome { padding: 1.4rem 0 2.2rem; border-top: 1px solid var(--rule); font: 14px/1.6 var(--sans); }
.outcome details { margin: .35rem 0; }
.outcome summary { color: var(--soft); }
.commits { list-style: none; margin: 0 0 .8rem; padding: 0; }
.commits code { color: var(--good); background: none; padding: 0; margin-right: .4rem; font-size: 13px; }
.files td:nth-child(3) { white-space: nowrap; }
.files td:nth-child(2), .tokens td:nth-child(n+2), .tokens th:nth-child(n+2) { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem 1.2rem; margin: .5rem 0 1rem; }
dt { color: var(--soft); } dd { margin: 0; }

.turn { position: relative; padding: 0 0 2.6rem 2.2rem; border-left: 2px solid var(--thread); margin-left: .6rem; }
.turn:last-child { padding-bottom: .5rem; }
h2 { display: flex; align-items: baseline; gap: .7rem; margin: 0 0 .5rem; font: 13px/1.4 var(--sans); color: var(--soft); font-weight: 400; }
h2 a { position: absolute; left: -.85rem; top: -.3rem; min-width: 1.65rem; height: 1.65rem; padding: 0 .35rem; border-radius: 1rem; background: var(--thread); color: var(--paper); font: 600 12px/1.65rem var(--sans); text-align: center; text-decoration: none; font-variant-numeric: tabular-nums; }
h2 time { font-variant-numeric: tabular-nums; }
.prompt { font-size: 1.16rem; line-height: 1.5; margin: 0 0 1.3rem; }
.prompt p { margin: 0 0 .6rem; }
.prompt.command, .prompt.shell { font: 15px/1.5 var(--mono); }
.prompt.notification { font-size: 1rem; color: var(--soft); }
.turn:target h2 a { outline: 3px solid var(--rule); }

.answer { margin: 1rem 0; max-width: 40em; }
.answer p, .plan p, .thinking p, .asked p { margin: 0 0 .65rem; }
.answer h4, .plan h4, .thinking h4, .asked h4, .prompt h4 { font: 600 1em/1.4 var(--serif); margin: 1rem 0 .3rem; }
.answer ul, .answer ol, .plan ul, .plan ol { margin: 0 0 .65rem; padding-left: 1.3rem; }
hr { border: 0; border-top: 1px solid var(--rule); margin: 1rem 0; }
.thinking, .asked { margin: .5rem 0; font-size: .94rem; color: var(--soft); }
.thinking summary, .asked summary { font: 13px/1.7 var(--sans); color: var(--soft); }
.thinking > div, .asked > div { margin: .3rem 0 .6rem; padding-left: 1rem; border-left: 1px solid var(--rule); max-width: 44em; }
.plan { margin: 1rem 0; padding: .9rem 1.2rem .5rem; background: var(--raised); border-radius: 4px; }

.op { margin: 0 0 0 -.25rem; font: 14px/1.55 var(--sans); }
.op .line { display: flex; align-items: baseline; gap: .55rem; padding: .2rem .25rem; border-radius: 4px; list-style: none; }
.op summary.line:hover { background: var(--raised); }
.op .line::-webkit-details-marker { display: none; }
.op b { font-weight: 600; flex: none; max-width: 45%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.op .line code { flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft); font-size: 13px; }
.op .line .aside { flex: none; }
.op .line em, .lines { flex: none; white-space: nowrap; font-size: 13px; }
.lines { font-variant-numeric: tabular-nums; }
.took { flex: none; margin-left: auto; padding-left: .6rem; color: var(--faint); font-size: 12.5px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.dot { flex: none; width: .5rem; height: .5rem; border-radius: 50%; background: var(--faint); align-self: center; }
details.op > summary .dot { border-radius: 0; width: .55rem; height: .55rem; background: none; border-right: 1.5px solid var(--faint); border-bottom: 1.5px solid var(--faint); transform: rotate(-45deg) scale(.8); }
details.op[open] > summary .dot { transform: rotate(45deg) scale(.8); }
.op.failed b, .op.interrupted b, .op.blocked b { color: var(--bad); }
.op.failed > .line .dot, .op.interrupted > .line .dot, .op.blocked > .line .dot { border-color: var(--bad); }
div.op.failed .dot, div.op.interrupted .dot, div.op.blocked .dot { background: var(--bad); }
.op .body { padding: .1rem 0 .7rem 1.3rem; }
.op .body > pre:not(.diff), .error pre { white-space: pre-wrap; }
.op .body p { margin: .2rem 0; }
.run > .error { margin: .3rem 0; }
.error pre { background: var(--minus); color: var(--minus-ink); }
.file { color: var(--soft); }
.diff { padding: .5rem 0; }
.diff code { display: block; width: max-content; min-width: 100%; }
.diff span { display: inline-block; width: 100%; padding: 0 .9rem; }
.plus { background: var(--plus); color: var(--plus-ink); } .minus { background: var(--minus); color: var(--minus-ink); } .hunk { color: var(--faint); }

.run { margin: .5rem 0 1rem .2rem; padding: .2rem 0 .1rem 1.3rem; border-left: 2px dashed var(--thread); }
.run > summary { font: 14px/1.6 var(--sans); margin-left: -.2rem; }
.run > summary b { font-weight: 600; margin-right: .3rem; }
.run > summary .aside { margin-left: .4rem; }
.run .answer { font-size: .96rem; }

.note { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .8rem; margin: .35rem 0; font: 14px/1.65 var(--sans); }
.note p { margin: 0; }
.note.good .kind { color: var(--good); } .note.bad .kind { color: var(--bad); }
.note pre { margin-top: .1rem; }
.options strong { font-weight: 600; margin-right: .7rem; } .options s { color: var(--faint); text-decoration: none; margin-right: .7rem; }
.todo { list-style: none; margin: 0; padding: 0; }
.todo li::before { content: "○"; display: inline-block; width: 1.3em; color: var(--faint); }
.todo .done { color: var(--soft); } .todo .done::before { content: "✓"; color: var(--good); } .todo .doing::before { content: "◐"; color: var(--warn); }
.cut { display: flex; align-items: center; gap: 1rem; margin: 1.5rem 0; font: 13px/1.5 var(--sans); color: var(--warn); }
.cut::before, .cut::after { content: ""; flex: 1; border-top: 1px solid var(--rule); }

@media (max-width: 54rem) {
  .masthead { padding: 2rem 1.1rem 1.4rem; }
  .page { display: block; padding: 0 1.1rem 4rem; }
  nav { position: static; max-height: 42vh; padding: 0 0 1rem; }
  .turn { padding-left: 1.4rem; }
  .run { padding-left: .8rem; }
  .note { grid-template-columns: 1fr; gap: 0; }
}
@media print {
  nav { display: none; } .page { display: block; } body { font-size: 11pt; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
