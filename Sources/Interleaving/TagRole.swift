import HTMLTree

/// How elements lay out their content, as the HTML Standard's style sheet has it
/// <https://html.spec.whatwg.org/multipage/rendering.html>.
enum TagRole {
  /// Its text flows on in the line.
  case inline
  /// It starts and ends a block of text.
  case block
  /// It holds no text of the page: controls, media, and what only scripts read.
  case opaque

  /// The role of each tag, by its raw value.
  static let table: [TagRole] = Tag.allCases.map(role)

  private static func role(of tag: Tag) -> TagRole {
    switch tag {
    case .address, .article, .aside, .blockquote, .body, .button, .caption, .center, .dd, .details,
      .dialog, .dir, .div, .dl, .dt, .fieldset, .figcaption, .figure, .footer, .form, .frameset,
      .h1, .h2, .h3, .h4, .h5, .h6, .header, .hgroup, .hr, .html, .legend, .li, .listing, .main,
      .menu, .nav, .ol, .p, .plaintext, .pre, .search, .section, .summary, .table, .tbody, .td,
      .tfoot, .th, .thead, .tr, .ul:
      .block
    case .applet, .area, .audio, .base, .canvas, .col, .colgroup, .datalist, .embed, .frame, .head,
      .iframe, .input, .link, .map, .meta, .meter, .noembed, .noframes, .object, .optgroup,
      .option, .param, .progress, .rp, .script, .select, .source, .style, .svg, .template,
      .textarea, .title, .track, .video, .xmp:
      .opaque
    default: .inline
    }
  }
}

extension Tag {
  /// How the element lays out its content.
  var role: TagRole { TagRole.table[Int(rawValue)] }

  /// The level of a heading, `nil` for other elements.
  var headingLevel: Int? {
    switch self {
    case .h1: 1
    case .h2: 2
    case .h3: 3
    case .h4: 4
    case .h5: 5
    case .h6: 6
    default: nil
    }
  }
}
