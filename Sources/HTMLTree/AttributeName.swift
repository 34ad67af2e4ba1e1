/// The names of attributes that are read; all others are left out of a tree, but for those of images.
///
/// The order is that of CHTML's table of attribute names, which a test compares with this one.
public enum AttributeName: UInt32, Sendable, CaseIterable {
  /// A name that is not among the others.
  case other
  case alt, ariaHidden, ariaLabel, charset, `class`, colspan, content, datetime, height, hidden
  case href, hreflang, httpEquiv, id, itemid, itemprop, itemscope, itemtype, lang, media, name, open
  case property, rel, role, rowspan, shadowrootmode, sizes, src, srcset, start, style, title
  case type, value, width, xmlLang
}
