import Documents
import HTMLTree
import Interleaving
import Testing

/// Pages for tests, and their extraction.
enum Pages {
  static let prose = [
    "The lighthouse stands on the northern cape, where it has guided ships past the reef since the year 1871. Its lamp was first fed with oil, and later with electricity from the village.",
    "In the spring of that year the keeper and his family moved into the tower. They kept a garden, two goats, and a log of every ship that passed, which the museum still holds today.",
    "When the light was automated, nobody lived there any more. Visitors may climb the stairs between May and October, and from the gallery they can see as far as the islands.",
  ]

  /// An article between a menu and a footer.
  static func article(_ content: String) -> String {
    """
    <!DOCTYPE html><html lang="en-GB"><head><title>The Lighthouse | Cape News</title>
    <link rel=canonical href="/lighthouse"></head><body>
    <nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li>
    <li><a href="/contact">Contact</a></li></ul></nav>
    <main><article class="post-content"><h1>The Lighthouse</h1><p>\(prose[0])</p>\(content)<p>\(prose[1])</p>
    <p>\(prose[2])</p></article></main>
    <aside class="sidebar"><h3>Related</h3><ul><li><a href="/a">Ten harbours</a></li>
    <li><a href="/b">Boats for sale</a></li></ul></aside>
    <footer class="site-footer"><p>Copyright 2024 Cape News. All rights reserved.</p>
    <a href="/privacy">Privacy policy</a></footer></body></html>
    """
  }

  static func extract(_ page: String, options: Extractor.Options = .init()) -> Extraction {
    extract(Array(page.utf8), options: options)
  }

  static func extract(_ page: [UInt8], options: Extractor.Options = .init()) -> Extraction {
    guard let id = DocumentID(bytes: [UInt8](repeating: 7, count: 16)) else {
      preconditionFailure("sixteen bytes are an identity")
    }
    return Extractor(options: options).extract(
      body: page, contentType: "text/html; charset=utf-8", url: "https://cape.test/news/page.html",
      id: id)
  }

  static func document(_ page: String) throws -> InterleavedDocument {
    try #require(extract(page).document.value)
  }
}
