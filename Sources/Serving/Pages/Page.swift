internal import Inspection

/// A page of the viewer: its own content in the frame that all pages have.
struct Page {
  /// The parts of the viewer that the navigation leads to.
  enum Section: String, CaseIterable {
    case overview, documents, images, pairs, shards, duplicates, training

    var address: Address {
      self == .overview ? Address() : Address(rawValue)
    }

    var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }

  /// The heading, which is also the title of the window.
  var title: String
  /// The part that the page belongs to.
  var section: Section?
  /// What stands below the heading.
  var content = HTML()
  /// After how many seconds the browser asks again; `nil` where it does not.
  var refresh: Int?
  /// What the search form holds.
  var search = SearchForm()

  init(_ title: String, in section: Section? = nil) {
    self.title = title
    self.section = section
  }

  /// The page as a response.
  func response(_ status: Response.Status = .ok) -> Response {
    Response(status, html: html)
  }

  private var html: String {
    let refresh = refresh.map { "<meta http-equiv=\"refresh\" content=\"\($0)\">\n" } ?? ""
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      \(refresh)<title>\(HTML.escape(title.prefix(120))) · weft</title>
      <link rel="icon" href="/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/style.css">
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      \(header.markup)<main id="main" tabindex="-1">
      <h1 dir="auto">\(HTML.escape(title))</h1>
      \(content.markup)</main>
      </body>
      </html>

      """
  }

  private var header: HTML {
    var html = HTML(markup: "<header class=\"top\">\n")
    html.add(markup: "<nav aria-label=\"Parts of the run\"><ul>")
    for section in Section.allCases {
      let current = section == self.section ? " aria-current=\"page\"" : ""
      html.add(
        markup: "<li><a href=\"\(section.address.text)\"\(current)>\(section.title)</a></li>")
    }
    html.add(markup: "</ul></nav>")
    html.add(search.html)
    html.add(markup: "</header>")
    return html
  }
}

/// The form by which everything is found.
struct SearchForm {
  /// What is looked for.
  enum Kind: String, CaseIterable { case documents, images, pairs }
  /// By what it is looked for.
  enum Criterion: String, CaseIterable {
    case anything, text, url, domain, reason, identity

    fileprivate var words: String {
      switch self {
      case .anything: "by anything"
      case .text: "by text"
      case .url: "by URL"
      case .domain: "by domain"
      case .reason: "by reason"
      case .identity: "by identity"
      }
    }
  }

  var text = ""
  var kind = Kind.documents
  var criterion = Criterion.anything

  /// The form with what it holds.
  var html: HTML {
    var html = HTML(markup: "<form role=\"search\" action=\"/search\" method=\"get\">\n")
    html.add(
      markup: "<label class=\"hidden\" for=\"q\">Search for</label>"
        + "<input id=\"q\" name=\"q\" type=\"search\" maxlength=\"2000\" dir=\"auto\" "
        + "placeholder=\"a URL, domain, words, a reason …\" value=\"\(HTML.escape(text))\">")
    html.add(markup: "<label class=\"hidden\" for=\"kind\">Kind</label>")
    html.add(markup: "<select id=\"kind\" name=\"kind\">")
    for kind in Kind.allCases {
      html.add(markup: Self.option(kind.rawValue, kind.rawValue, kind == self.kind))
    }
    html.add(markup: "</select><label class=\"hidden\" for=\"by\">Found by</label>")
    html.add(markup: "<select id=\"by\" name=\"by\">")
    for criterion in Criterion.allCases {
      html.add(
        markup: Self.option(criterion.rawValue, criterion.words, criterion == self.criterion))
    }
    html.add(markup: "</select><button>Search</button></form>")
    return html
  }

  private static func option(_ value: String, _ words: String, _ isChosen: Bool) -> String {
    "<option value=\"\(value)\"\(isChosen ? " selected" : "")>\(words)</option>"
  }
}
