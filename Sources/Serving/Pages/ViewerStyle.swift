internal import Inspection

/// The style sheet of the viewer: that of the report, and what only the viewer has.
enum ViewerStyle {
  static let sheet =
    ReportStyle.sheet + """

      .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .top {
        max-width: none; display: flex; flex-wrap: wrap; gap: 8px 28px; align-items: center;
        padding: 10px 24px !important; border-bottom: 1px solid var(--line); background: var(--card);
      }
      .top nav { flex: 1 1 auto; } .top nav ul { margin: 0; gap: 4px 18px; }
      .top nav a { text-decoration: none; padding: 4px 0; display: inline-block; }
      .top nav a:hover { text-decoration: underline; }
      .top nav [aria-current] { color: var(--ink); font-weight: 600;
        border-bottom: 3px solid var(--interleaved); }
      form { display: flex; gap: 6px; flex: 1 1 560px; max-width: 680px; }
      input, select, button {
        font: inherit; font-size: 15px; color: var(--ink); background: var(--paper);
        border: 1px solid var(--lost); border-radius: 6px; padding: 6px 10px; min-height: 36px;
      }
      input { flex: 1 1 120px; min-width: 0; } button { cursor: pointer; font-weight: 600; }
      main { padding-top: 20px !important; padding-bottom: 72px; }
      main:focus { outline: none; }
      h1 { font-size: 32px; overflow-wrap: anywhere; margin-top: 12px; }
      h2 { margin: 44px 0 10px; padding-top: 14px; font-size: 23px; }
      .list { list-style: none; padding: 0; margin: 12px 0; }
      .list > li { border-bottom: 1px solid var(--line); padding: 12px 0; overflow-wrap: anywhere; }
      .list .url, .list .muted { margin: 2px 0 0; } .list code, .list mark { overflow-wrap: anywhere; }
      .badge { white-space: nowrap; margin-right: 4px; } .badge.pairs { color: var(--pairs); }
      .badge.plain { color: var(--soft); }
      .pager ul { display: flex; gap: 4px 24px; margin: 20px 0; }
      .notice { border: 1px solid var(--line); border-left: 4px solid var(--pairs); border-radius: 6px;
        background: var(--card); padding: 8px 14px; }
      .tabs { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; }
      .tabs [aria-current] { color: var(--ink); font-weight: 600; }
      mark { background: color-mix(in srgb, var(--pairs) 28%, transparent); color: inherit;
        border-radius: 3px; }
      .item { border-left: 4px solid var(--text); padding: 2px 0 2px 16px; margin: 14px 0;
        overflow-wrap: anywhere; }
      .item .node { margin: 2px 0; } .item h3 { margin: 2px 0; font-size: 18px; }
      .more { margin: 24px 0; } .more summary { font-weight: 600; }
      .item.gone { border-left: 4px dotted var(--lost); }
      .item.gone > .node, .item.gone > figure { opacity: .85; }
      .item .origin { color: var(--soft); font-size: 13px; margin: 2px 0 0; }
      .why { color: var(--pairs); font-size: 14px; margin: 2px 0 0; }
      .item figure { margin: 4px 0; } .picture-link { display: inline-block; max-width: 100%; }
      .large img { max-height: 80vh; width: auto; }
      .gallery img { width: 100%; }
      .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 20px; }
      .columns h2 { border: 0; margin: 0; padding: 0; font-size: 18px; overflow-wrap: anywhere; }
      .columns article { margin: 0; min-width: 0; }
      .columns pre { max-height: none; border: 0; padding: 0; background: none; font: inherit;
        font-size: 14px; }
      .run { border: 1px solid var(--line); border-radius: 8px; background: var(--card);
        padding: 10px 14px; margin: 14px 0; }
      .run h2 { border: 0; margin: 0 0 6px; padding: 0; font: 600 14px system-ui, sans-serif;
        overflow-wrap: anywhere; }
      .tokens { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 2; }
      .tokens span { border-radius: 3px; padding: 2px 0; border-bottom: 2px solid var(--text); }
      .tokens span:nth-of-type(odd) { background: color-mix(in srgb, var(--ink) 7%, transparent); }
      .tokens .masked { border-bottom: 2px dotted var(--lost); color: var(--soft); }
      .tokens .special { font-size: 12px; font-family: ui-monospace, monospace; color: var(--interleaved); }
      .tokens figure { margin: 6px 0; white-space: normal; line-height: 1.3; }
      .tokens figure img { max-height: 180px; width: auto; }
      @media (max-width: 640px) {
        header, main { padding-left: 14px; padding-right: 14px; }
        .top { padding: 8px 14px !important; } h1 { font-size: 25px; }
        .top nav a { padding: 8px 0; }
        form { flex-wrap: wrap; flex-basis: 100%; } input { flex-basis: 100%; } select { flex: 1; }
      }
      @media print { .top, .pager { display: none; } }
      """

  /// The picture of the viewer's windows.
  static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" \
    fill="#1f62a8"/><path d="M3 4h10M3 8h10M3 12h10" stroke="#fff" stroke-width="1.6"/>\
    <path d="M5.5 2v12M10.5 2v12" stroke="#f09a52" stroke-width="1.6"/></svg>
    """
}
