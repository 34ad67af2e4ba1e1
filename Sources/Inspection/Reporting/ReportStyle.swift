/// The report's style sheet.
package enum ReportStyle {
  /// The colours of the corpora are apart for the colour-blind too (Okabe and Ito's palette), in
  /// shades that reach a contrast of 4.5 on either ground.
  package static let sheet = """
    :root {
      --paper: #fbfaf7; --card: #ffffff; --ink: #1f2328; --soft: #5d646c; --line: #dcd9d1;
      --text: #00795a; --interleaved: #1f62a8; --pairs: #b4500a; --lost: #8a8f98;
      --instructions: #a33a7d;
      --ribbon: .30; color-scheme: light dark;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14171b; --card: #1c2026; --ink: #e8e6e1; --soft: #a3a9b2; --line: #343a42;
        --text: #3cc39a; --interleaved: #6fb1f0; --pairs: #f09a52; --lost: #767d88;
        --instructions: #e58cc4; --ribbon: .38;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
    }
    header, main { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
    body > header { padding-top: 44px; }
    .brand {
      margin: 0; letter-spacing: .22em; text-transform: uppercase; font-size: 13px;
      color: var(--soft);
    }
    h1 { font: 600 40px/1.15 Georgia, "Noto Serif", serif; margin: 6px 0 8px; }
    h2 {
      font: 600 27px/1.25 Georgia, "Noto Serif", serif; margin: 64px 0 12px; padding-top: 20px;
      border-top: 1px solid var(--line);
    }
    h3 { font-size: 16px; margin: 28px 0 8px; }
    .lead { color: var(--soft); margin: 0 0 12px; overflow-wrap: anywhere; }
    .muted, figcaption { color: var(--soft); font-size: 14px; }
    .skip { position: absolute; left: -999px; }
    .skip:focus { left: 12px; top: 12px; background: var(--card); padding: 8px 12px; z-index: 1; }
    a { color: var(--interleaved); }
    :focus-visible { outline: 3px solid var(--interleaved); outline-offset: 2px; }
    svg { display: block; width: 100%; height: auto; overflow: visible; }
    figure { margin: 0 0 24px; }
    .flow { margin: 18px 0 14px; }
    .flow svg { min-width: 760px; }
    .flow figcaption { max-width: 72ch; margin-top: 8px; }
    .block.other { fill: var(--lost); }
    .ribbon { opacity: var(--ribbon); }
    .text { fill: var(--text); } .interleaved { fill: var(--interleaved); }
    .pairs { fill: var(--pairs); } .instructions { fill: var(--instructions); } .ink { fill: var(--ink); } .other { fill: var(--lost); }
    .number { font: 600 16px system-ui, sans-serif; fill: var(--ink); }
    .name, .tick { font: 13px system-ui, sans-serif; fill: var(--soft); }
    .number, .name { paint-order: stroke; stroke: var(--paper); stroke-width: 4px;
      stroke-linejoin: round; }
    .pieces { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 6px 8px; }
    .pieces li { border: 1px solid var(--line); border-radius: 6px; background: var(--card);
      padding: 1px 8px; font-size: 13px; max-width: 100%; overflow-wrap: anywhere; }
    .pieces span { color: var(--soft); }
    .facts { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 14px 0; }
    .facts dt { color: var(--soft); font-size: 13px; }
    .facts dd { margin: 0; overflow-wrap: anywhere; } .facts > div { max-width: 100%; }
    .examples q { display: block; quotes: none; border-left: 3px solid var(--line);
      padding-left: 10px; margin: 3px 0; font-size: 14px; overflow-wrap: anywhere; }
    .examples li { margin: 10px 0; } .examples img { max-height: 120px; width: auto; }
    .examples summary .muted { margin-left: 10px; }
    main:focus { outline: none; }
    .tiles {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 14px;
      margin: 24px 0;
    }
    .tile {
      background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--soft);
      border-radius: 8px; padding: 14px 16px;
    }
    .tile.text { border-top-color: var(--text); }
    .tile.interleaved { border-top-color: var(--interleaved); }
    .tile.pairs { border-top-color: var(--pairs); }
    .tile.instructions { border-top-color: var(--instructions); }
    .tile dt { color: var(--soft); } .tile dd { margin: 0; font-size: 14px; color: var(--soft); }
    .tile .big { font: 600 30px/1.2 Georgia, "Noto Serif", serif; color: var(--ink); }
    nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 0; list-style: none; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: 14px; }
    th, td {
      text-align: left; padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line);
      vertical-align: top;
    }
    thead th { color: var(--soft); font-weight: 500; white-space: nowrap; }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .n + :not(.n) { padding-left: 14px; } .funnel td:last-child { min-width: 280px; }
    td.wrap { overflow-wrap: anywhere; min-width: 12em; }
    tbody th[scope=rowgroup] {
      font: 600 17px Georgia, "Noto Serif", serif; padding-top: 22px; color: var(--ink);
    }
    .bar { width: 230px; min-width: 180px; }
    .kept { fill: var(--text); } .lost { fill: var(--lost); }
    .shade0 { opacity: .95; } .shade1 { opacity: .7; } .shade2 { opacity: .45; }
    .inbar { font: 600 12px system-ui, sans-serif; fill: var(--card); paint-order: stroke;
      stroke: var(--text); stroke-width: 3px; }
    .reasons { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap;
      gap: 2px 14px; color: var(--soft); }
    .figures {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 20px 32px;
    }
    .small h3, .small h4 { margin: 8px 0; font-size: 15px; }
    .column { fill: var(--interleaved); } .axis, .grid { stroke: var(--line); fill: none; }
    .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .curve.text { stroke: var(--text); } .curve.interleaved { stroke: var(--interleaved); }
    .curve.pairs { stroke: var(--pairs); } .curve.instructions { stroke: var(--instructions); }
    .curve.ink { stroke: var(--ink); }
    .held-out { stroke-dasharray: 3 4; stroke-width: 1.5; }
    .baseline { stroke-dasharray: 1 5; stroke-linecap: round; }
    .dot { stroke: var(--paper); stroke-width: 1.5; }
    .legend { font: 600 13px system-ui, sans-serif; }
    .documents { columns: 2 420px; column-gap: 24px; }
    article {
      break-inside: avoid; background: var(--card); border: 1px solid var(--line);
      border-radius: 10px; padding: 16px 20px; margin: 0 0 24px; overflow-wrap: anywhere;
    }
    article header { padding: 0; } article h3 { margin: 8px 0 0; font-size: 18px; }
    .url { color: var(--soft); font-size: 13px; margin: 2px 0 10px; overflow-wrap: anywhere; }
    .badge {
      font-size: 12px; border: 1px solid currentcolor; border-radius: 99px; padding: 1px 9px;
    }
    .badge.text { color: var(--text); } .badge.interleaved { color: var(--interleaved); }
    .node { margin: 8px 0; } .node.listItem { padding-left: 14px; }
    .node.caption { color: var(--soft); font-style: italic; }
    pre {
      white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper);
      border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; font-size: 13px;
    }
    .pipeline { max-height: 480px; overflow: auto; }
    blockquote { margin: 8px 0; padding-left: 14px; border-left: 3px solid var(--line); }
    .picture { margin: 14px 0; }
    img { max-width: 100%; height: auto; border-radius: 6px; background: #ffffff; display: block; }
    .gallery {
      columns: 4 210px; column-gap: 18px; padding: 0; list-style: none;
    }
    .gallery li { break-inside: avoid; margin: 0 0 18px; }
    .gallery figure {
      margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      padding: 10px;
    }
    .gallery figcaption { margin-top: 8px; overflow-wrap: anywhere; }
    .gallery figcaption span { display: block; }
    .gallery figcaption span:first-child { color: var(--ink); }
    details { border-bottom: 1px solid var(--line); padding: 6px 0; }
    summary { cursor: pointer; } summary .n { float: right; }
    details li span, details li code { display: block; margin: 0; }
    code { font-size: 13px; overflow-wrap: anywhere; }
    @media (max-width: 640px) {
      header, main { padding-left: 14px; padding-right: 14px; } h1 { font-size: 30px; }
      article { padding: 12px 14px; } .documents { columns: 1; }
      .gallery { columns: 2 140px; column-gap: 10px; }
    }
    @page { size: A4; margin: 16mm 14mm; }
    @media print {
      :root {
        --paper: #ffffff; --card: #ffffff; --ink: #111418; --soft: #4a5058; --line: #c9c6be;
        --text: #00795a; --interleaved: #1f62a8; --pairs: #b4500a; --lost: #8a8f98;
        --instructions: #a33a7d; --ribbon: .30; color-scheme: light;
      }
      body { font-size: 10.5pt; } header, main { max-width: none; padding: 0; }
      body > header { padding-top: 0; } h1 { font-size: 26pt; }
      h2 { font-size: 17pt; margin-top: 26pt; } h2, h3 { break-after: avoid; }
      nav, .skip { display: none; } .scroll { overflow: visible; }
      table { font-size: 8.5pt; } th, td, thead th, .n { padding-right: 6px; white-space: normal; }
      td, th { overflow-wrap: anywhere; } td.wrap, .funnel td:last-child { min-width: 0; }
      .n, thead th { overflow-wrap: normal; } .bar { width: 130px; min-width: 100px; }
      .flow svg { min-width: 0; } figure, tr, .tile, .gallery li, .examples li { break-inside: avoid; }
      .figures { grid-template-columns: repeat(3, 1fr); gap: 10px 18px; }
      .figures details { display: none; } .tiles { grid-template-columns: repeat(4, 1fr); }
      .documents { columns: 2; } article { break-inside: auto; box-decoration-break: clone; }
      article img, .gallery img { max-height: 60mm; width: auto; }
      .gallery { columns: 4; } .pipeline { max-height: none; }
      .examples::details-content { content-visibility: visible; block-size: auto; }
    }
    """
}
