import Documents
import Foundation
import ImageDecoding
import Storage
import TestSupport
import Testing

@testable import Inspection

@Suite struct DrawingTests {
  @Test(arguments: [
    "", "not JSON\n{}\n{\"step\":1}\n[1]\n", "{\"step\":1,\"losses\":{\"text\":null}}",
  ])
  func strangeMetricsGiveNoCurve(text: String) throws {
    let directory = TemporaryDirectory()
    try AtomicFile.write(text, to: directory.file("metrics.jsonl"))
    let metrics = TrainingMetrics(path: directory.file("metrics.jsonl"))
    #expect(metrics.losses.values.allSatisfy { $0.isEmpty })
    #expect(TrainingSection.make(metrics) == nil)
  }

  /// An axis is drawn for any values, also one value alone, equal ones and tiny ones.
  @Test(arguments: [
    [1.0], [0, 0], [5, 5.0001], [1e-9, 2e-9], [0.0002, 0], [1e6, 9e7], [-3, 3],
  ])
  func curvesOfAnyRangeAreDrawn(values: [Double]) throws {
    let points = values.enumerated().map { TrainingMetrics.Point(step: $0 + 1, value: $1) }
    let curve = CurveDrawing.Curve(name: "loss", style: "ink", points: points)
    let drawing = try #require(CurveDrawing(title: "x", curves: [curve]).html).markup
    #expect(!drawing.contains("nan") && !drawing.contains("inf") && !drawing.contains("–"))
    let ticks = drawing.components(separatedBy: "class=\"grid\"").count - 1
    #expect((2...12).contains(ticks))
  }

  @Test func pixelsSurviveTheirPNG() throws {
    for (width, height) in [(1, 1), (3, 1), (1, 5), (7, 6), (64, 64)] {
      var generator = SeededGenerator(seed: UInt64(width))
      let pixels = (0..<width * height * 3).map { _ in UInt8.random(in: 0...255, using: &generator)
      }
      let image = DecodedImage(width: width, height: height, pixels: pixels)
      #expect(ImageDecoder.decode(PNGEncoder.encode(image)).value == image)
    }
  }

  @Test func forbiddenCharactersAreReplaced() {
    #expect(
      HTML.escape("a\u{0}b\u{FFFE}c\u{9F}d<>&\"'")
        == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d&lt;&gt;&amp;&quot;&#39;")
    #expect(HTML.escape("\u{2066}x\u{200F}") == "[U+2066]x[U+200F]")
  }
}
