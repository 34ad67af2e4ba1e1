import Curation
import Documents
import TestSupport
import Testing

/// Properties of the rules that are off by default, for any page.
@Suite struct QualityPropertyTests {
  private static let strict: CurationConfiguration = {
    var rules = CurationConfiguration.lenient
    rules.node = Limits([.minimumWords: 4, .maximumSpecialCharacters: 0.3, .minimumStopWords: 0.3])
    rules.document = Limits([.maximumWordRepetition: 0.2, .minimumPunctuation: 0.03])
    rules.gopher = Limits([.minimumWords: 50, .minimumStopWords: 2, .minimumAlphabeticWords: 0.8])
    rules.repetition = Limits([.maximumLines: 0.3, .maximumTop2Gram: 0.2])
    rules.fineWeb = Limits([.maximumLineBreaks: 0.3, .maximumShortLines: 0.67])
    rules.omniCorpus = Limits([.minimumWordsPerImage: 50])
    rules.c4.requiresTerminalPunctuation = true
    rules.c4.minimumSentences = 3
    rules.pii.emails = true
    return rules
  }()

  private static func curate(_ rules: CurationConfiguration) -> [CuratedPage] {
    let curator = Curator(configuration: rules)
    return CuratorPropertyTests.pages.map {
      curator.curate($0, resolve: CuratorPropertyTests.resolve)
    }
  }

  @Test func rulesThatAreOffDropNothing() {
    for page in Self.curate(.lenient) {
      #expect(page.droppedNodes.allSatisfy { $0.reason.code == .emptyText })
      #expect(page.text.value != nil || page.text.reason == Reason(.noTextLeft))
    }
  }

  @Test func everythingIsKeptOrHasAReason() {
    for (page, document) in zip(Self.curate(Self.strict), CuratorPropertyTests.pages) {
      #expect(page.counts.isBalanced)
      #expect(page.counts[.node].entered == document.texts.count)
      #expect(page.counts[.node].kept + page.droppedNodes.count == document.texts.count)
      #expect(page.counts[.text].entered == 1 && page.counts[.interleaved].entered == 1)
    }
  }

  @Test func theOrderOfPagesChangesNothing() {
    let forward = Self.curate(Self.strict)
    let curator = Curator(configuration: Self.strict)
    for (page, document) in zip(forward, CuratorPropertyTests.pages).reversed() {
      #expect(curator.curate(document, resolve: CuratorPropertyTests.resolve) == page)
    }
  }

  /// The documents that the text corpus keeps under limits of one measure.
  private static func kept(_ change: (inout CurationConfiguration) -> Void) -> Set<DocumentID> {
    var rules = CurationConfiguration.lenient
    change(&rules)
    return Set(curate(rules).compactMap { $0.text.value?.id })
  }

  private static func checkOrder<Measure: LimitedMeasure>(
    _ family: WritableKeyPath<CurationConfiguration, Limits<Measure>>
  ) {
    let all = kept { _ in }
    for measure in Measure.allCases {
      let most = min(measure.accepted.upperBound, 100)
      let limits = [0, 0.01, 0.1, 0.3, 0.9, 1].map { $0 * most }
      let sets = limits.map { limit in kept { $0[keyPath: family][measure] = limit } }
      for (lower, higher) in zip(sets, sets.dropFirst()) {
        #expect(
          measure.isLeast ? higher.isSubset(of: lower) : lower.isSubset(of: higher), "\(measure)")
      }
      #expect(sets.allSatisfy { $0.isSubset(of: all) })
      // A limit that nothing can miss drops nothing.
      if measure.isLeast { #expect(sets.first == all, "\(measure)") }
    }
  }

  @Test func aStricterLimitKeepsASubset() {
    Self.checkOrder(\.gopher)
    Self.checkOrder(\.repetition)
    Self.checkOrder(\.fineWeb)
    Self.checkOrder(\.document)
  }
}
