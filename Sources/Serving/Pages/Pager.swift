internal import Inspection

/// A list in pages of a fixed length: links to the page before and the one after.
struct Pager {
  /// The last page, so that no request makes the ledger pass over more rows than this times the length.
  static let lastPage = 1000

  /// The number of the page, from 1.
  var page: Int
  /// The most entries of a page.
  var length: Int

  init(_ request: Request, length: Int) {
    page = min(max(request.number("page") ?? 1, 1), Self.lastPage)
    self.length = length
  }

  /// How many entries come before the page.
  var offset: Int { (page - 1) * length }
  /// One more than a page shows, so that it is known whether another follows.
  var limit: Int { length + 1 }

  /// The links, where there is more than one page.
  func html(_ address: Address, found count: Int) -> HTML {
    var html = HTML()
    let hasMore = count > length && page < Self.lastPage
    guard page > 1 || hasMore else { return html }
    html.add(markup: "<nav class=\"pager\" aria-label=\"Pages of results\"><ul>")
    if page > 1 {
      html.element("li") {
        $0.link("← Page \(page - 1)", to: address.with("page", String(page - 1)))
      }
    }
    html.add(markup: "<li aria-current=\"page\">Page \(page)</li>")
    if hasMore {
      html.element("li") {
        $0.link("Page \(page + 1) →", to: address.with("page", String(page + 1)))
      }
    }
    html.add(markup: "</ul></nav>")
    return html
  }
}
