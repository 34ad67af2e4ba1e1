import Foundation
import Testing

@testable import Inspection

/// The colours of the report and the viewer reach the contrast that WCAG 2.2 asks for, by its own formula.
@Suite struct StyleTests {
  /// Colours by name, in the light scheme and in the dark one.
  private static let schemes: [[String: String]] = {
    let roots = ReportStyle.sheet.components(separatedBy: ":root {").dropFirst().prefix(2)
    var light: [String: String] = [:]
    return roots.map { root in
      for entry in root.prefix(while: { $0 != "}" }).split(separator: ";") {
        let pair = entry.split(separator: ":").map {
          $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        if pair.count == 2, pair[0].hasPrefix("--") { light[pair[0]] = pair[1] }
      }
      return light
    }
  }()

  /// The relative luminance of a colour such as `#1f2328`.
  private func luminance(_ colour: String) throws -> Double {
    let value = try #require(Int(colour.dropFirst(), radix: 16))
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double(value >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ first: String, _ second: String) throws -> Double {
    let values = [try luminance(first), try luminance(second)].sorted()
    return (values[1] + 0.05) / (values[0] + 0.05)
  }

  /// Text reaches 4.5 on either ground, blocks and edges of controls 3.
  @Test(arguments: [
    ("--ink", 4.5), ("--soft", 4.5), ("--text", 4.5), ("--interleaved", 4.5), ("--pairs", 4.5),
    ("--instructions", 4.5), ("--lost", 3),
  ])
  func coloursCanBeToldFromTheirGround(name: String, least: Double) throws {
    #expect(Self.schemes.count == 2)
    for scheme in Self.schemes {
      for ground in ["--paper", "--card"] {
        let reached = try contrast(#require(scheme[name]), #require(scheme[ground]))
        #expect(reached >= least, "\(name) on \(ground): \(reached)")
      }
    }
  }
}
