import Documents
import ExampleRuns
import Foundation
import ImageDecoding
import Storage
import TestSupport
import Testing

@testable import Inspection

@Suite struct ReportTests {
  let html: String

  init() throws { html = try reportOfExample.get() }

  @Test func theReportNeedsNothingElse() {
    #expect(html.hasPrefix("<!doctype html>"))
    for loaded in ["<script", "<link", "<iframe", "src=\"http", "url(", "@import", "<object"] {
      #expect(!html.contains(loaded), "\(loaded)")
    }
    #expect(html.contains("default-src 'none'; img-src data:; style-src 'sha256-"))
    #expect(!html.contains(" style=\""))
    #expect(!html.contains(" onload") && !html.contains("javascript:"))
  }

  @Test func pagesTextIsText() {
    #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; [U+202E]"))
    #expect(!html.contains("\u{202E}") && !html.contains("\u{1B}"))
    #expect(html.contains("seed: 1 # &lt;b&gt;"))
  }

  @Test func everySectionIsThere() {
    for id in [
      "funnel", "composition", "distributions", "tokenizer", "training", "documents", "pairs",
      "reasons", "origin",
    ] {
      #expect(html.contains("<section id=\"\(id)\""), "\(id)")
      #expect(html.contains("href=\"#\(id)\""), "\(id)")
    }
    #expect(html.contains("24 records") == false)
    #expect(html.contains("documents with 48 images"))
    #expect(html.contains("unigram model, held out"))
    #expect(html.contains("5.500"))
    #expect(html.contains("<bdi>example.org</bdi>"))
    #expect(html.contains("bytes a text token") && html.contains("Longest pieces in use"))
    #expect(html.contains("Packing waste in a sequence, pairs (positions)"))
  }

  /// Headings go down one level at a time, frames that scroll take the focus, drawings have words and numbers.
  @Test func theReportCanBeReadWithoutSeeingIt() {
    var level = 1
    for piece in html.components(separatedBy: "<h").dropFirst() {
      guard let next = piece.first?.wholeNumberValue else { continue }
      #expect(next <= level + 1, "h\(next) after h\(level)")
      level = next
    }
    let frames = html.components(separatedBy: "<div class=\"scroll\"").dropFirst()
    #expect(frames.count > 8)
    for frame in frames { #expect(frame.hasPrefix(" tabindex=\"0\" role=\"group\" aria-label=\"")) }
    let drawings = html.components(separatedBy: "<svg ").dropFirst()
    #expect(drawings.count > 20)
    for drawing in drawings {
      #expect(drawing.contains("role=\"img\" aria-label=\""))
      #expect(drawing.contains("<title>") && drawing.contains("<desc>"))
    }
    #expect(html.components(separatedBy: "<summary>Numbers</summary>").count > 10)
  }

  /// What stages took is shown where the run has noted it, and nothing else of a damaged note.
  @Test func timesAreShownWhereTheyAreNoted() throws {
    #expect(!html.contains("<h3>Times</h3>"))
    let directory = TemporaryDirectory()
    let path = try example.get().copy(to: directory)
    let paths = RunDirectory(path)
    try AtomicFile.write("no JSON <b>", to: paths.path(RunDirectory.time(.read)))
    #expect(try !Report().html(InspectedRun(path)).contains("<h3>Times</h3>"))
    let time = StageTime(
      stage: .extract, made: 3, partitions: 4, seconds: 1.25, ended: "2024-01-01T00:00:00Z <i>")
    try AtomicFile.write(
      Array(JSONEncoder().encode(time)), to: paths.path(RunDirectory.time(.extract)))
    let shown = try Report().html(InspectedRun(path))
    #expect(shown.contains("<h3>Times</h3>") && shown.contains("2024-01-01T00:00:00Z &lt;i&gt;"))
    #expect(!shown.contains("no JSON"))
  }

  /// Every picture is a PNG file that weft wrote, small enough, with an alternative text.
  @Test func picturesAreDecodedAndWrittenAnew() throws {
    let pieces = html.components(separatedBy: "<img src=\"data:image/png;base64,").dropFirst()
    #expect(pieces.count >= 10)
    for piece in pieces {
      let data = try #require(Data(base64Encoded: String(piece.prefix { $0 != "\"" })))
      let image = try #require(ImageDecoder.decode([UInt8](data)).value)
      #expect(max(image.width, image.height) == Thumbnail.side)
      #expect(piece.contains("alt=\"a picture of number"))
    }
  }

  @Test func elementsAreClosed() {
    for name in [
      "section", "article", "figure", "table", "tr", "td", "ul", "li", "details", "svg",
      "div", "p", "dl", "q", "h2", "code", "bdi", "desc", "title", "summary", "th", "main",
      "header", "figcaption", "h3", "text", "path", "span",
    ] {
      let opened =
        html.components(separatedBy: "<\(name)>").count
        + html.components(separatedBy: "<\(name) ").count - 2
      let closed = html.components(separatedBy: "</\(name)>").count - 1
      #expect(opened == closed, "\(name)")
    }
  }

  @Test func theSameRunGivesTheSameReport() throws {
    #expect(try Report().html(InspectedRun(example.get().path)) == html)
  }

  @Test func theReportIsWrittenToItsPlace() throws {
    let directory = TemporaryDirectory()
    let run = try InspectedRun(try example.get().copy(to: directory))
    let path = try Report().write(run)
    #expect(path.hasSuffix("report/index.html"))
    #expect(try FileSystem.readText(path) == html)
  }
}

private let reportOfExample = Result { try Report().html(InspectedRun(example.get().path)) }
