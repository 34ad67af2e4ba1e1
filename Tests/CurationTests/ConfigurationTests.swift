import Curation
import Foundation
import Testing

@Suite struct ConfigurationTests {
  private func decode(_ json: String) throws -> CurationConfiguration {
    try JSONDecoder().decode(CurationConfiguration.self, from: Data(json.utf8))
  }

  @Test func absentKeysTakeTheirDefaults() throws {
    #expect(try decode("{}") == .standard)
    #expect(try decode(#"{"spam":{"node":{}},"pairs":{},"images":{}}"#) == .standard)
    var changed = CurationConfiguration.standard
    changed.spam.document.links = 0.4
    changed.pairs.minimumWords = 2
    #expect(
      try decode(#"{"spam":{"document":{"links":0.4}},"pairs":{"minimumWords":2}}"#) == changed)
  }

  @Test func nullSwitchesARuleOff() throws {
    let off = try decode(
      #"{"spam":{"node":{"emoji":null}},"interleaved":{"maximumImages":null}}"#)
    #expect(off.spam.node.emoji == nil)
    #expect(off.interleaved.maximumImages == nil)
    #expect(throws: DecodingError.self) { try decode(#"{"images":{"minimumSide":null}}"#) }
  }

  @Test func everyRuleComesBackAsWritten() throws {
    var changed = CurationConfiguration.standard
    changed.seed = .max
    changed.language.accepted = ["de", "fr"]
    changed.images.maximumAspectRatio = 2
    changed.images.urlWords = ["logo"]
    changed.images.maximumUnsafeScore = 0.8
    changed.spam.node = SpamRules.Thresholds(emoji: nil, hashtags: 0.2, links: nil)
    changed.interleaved.maximumImages = nil
    changed.text.excludesInterleaved = true
    changed.pairs.minimumLatinShare = nil
    for configuration in [CurationConfiguration.standard, changed] {
      let json = try JSONEncoder().encode(configuration)
      #expect(
        try JSONDecoder().decode(CurationConfiguration.self, from: json) == configuration)
    }
  }

  /// Pipelines reads the accepted keys from the default's JSON, so that none may be left out there.
  @Test func everyKeyIsWritten() throws {
    func keys(of value: Any, _ path: String) -> [String] {
      guard let object = value as? [String: Any] else { return [path] }
      return object.flatMap { keys(of: $0.value, path.isEmpty ? $0.key : path + "." + $0.key) }
    }
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(CurationConfiguration()))
    let written = Set(keys(of: json, ""))
    #expect(written.count == 99)
    #expect(written.isSuperset(of: ["images.maximumAspectRatio", "spam.node.emoji", "seed"]))
  }

  static let broken: [(String, @Sendable (inout CurationConfiguration) -> Void)] = [
    ("language.minimumPercentage", { $0.language.minimumPercentage = 101 }),
    ("language.minimumLetterBytes", { $0.language.minimumLetterBytes = -1 }),
    ("images.minimumSide", { $0.images.minimumSide = 0 }),
    ("images.maximumSide", { $0.images.maximumSide = 63 }),
    ("images.nearDuplicateBits", { $0.images.nearDuplicateBits = 11 }),
    ("images.maximumPages", { $0.images.maximumPages = 0 }),
    ("images.maximumAspectRatio", { $0.images.maximumAspectRatio = 0.5 }),
    ("images.maximumAspectRatio", { $0.images.maximumAspectRatio = .nan }),
    ("images.maximumUnsafeScore", { $0.images.maximumUnsafeScore = 1.5 }),
    ("images.maximumUnsafeScore", { $0.images.maximumUnsafeScore = .nan }),
    ("spam.node.emoji", { $0.spam.node.emoji = -0.1 }),
    ("spam.document.links", { $0.spam.document.links = .nan }),
    ("interleaved.maximumImages", { $0.interleaved.maximumImages = 0 }),
    ("interleaved.singleImageDiscard", { $0.interleaved.singleImageDiscard = 1.1 }),
    ("interleaved.singleImageDiscard", { $0.interleaved.singleImageDiscard = .nan }),
    ("text.minimumWords", { $0.text.minimumWords = -1 }),
    ("pairs.maximumWords", { $0.pairs.maximumWords = 2 }),
    ("pairs.maximumCharacters", { $0.pairs.maximumCharacters = 4 }),
    ("pairs.minimumLetterBytes", { $0.pairs.minimumLetterBytes = 0 }),
    ("pairs.minimumLatinShare", { $0.pairs.minimumLatinShare = 80 }),
  ]

  @Test(arguments: broken)
  func thresholdsThatCannotBeMeantAreRefused(
    key: String, change: @Sendable (inout CurationConfiguration) -> Void
  ) throws {
    var configuration = CurationConfiguration.standard
    try configuration.validate()
    change(&configuration)
    let error = #expect(throws: CurationConfigurationError.self) { try configuration.validate() }
    #expect(error?.key == key)
    #expect(error?.description.hasPrefix("\(key): ") == true)
  }
}
