/// The kind of a node: an element by its name, or text.
///
/// The order is that of CHTML's table of names, which a test compares with this one.
public enum Tag: UInt16, Sendable, CaseIterable {
  /// An element whose name is not among the others.
  case other
  /// A run of text.
  case text
  case a, abbr, address, applet, area, article, aside, audio, b, base, bdi, bdo, big, blink
  case blockquote, body, br, button, canvas, caption, center, cite, code, col, colgroup, data
  case datalist, dd, del, details, dfn, dialog, dir, div, dl, dt, em, embed, fieldset, figcaption
  case figure, font, footer, form, frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup
  case hr, html, i, iframe, img, input, ins, kbd, label, legend, li, link, listing, main, map
  case mark, marquee, math, menu, meta, meter, nav, nobr, noembed, noframes, noscript, object, ol
  case optgroup, option, output, p, param, picture, plaintext, pre, progress, q, rp, rt, ruby, s
  case samp, script, search, section, select, slot, small, source, span, strike, strong, style
  case sub, summary, sup, svg, table, tbody, td, template, textarea, tfoot, th, thead, time
  case title, tr, track, tt, u, ul, `var`, video, wbr, xmp
}
