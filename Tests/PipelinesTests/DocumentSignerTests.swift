import Deduplication
import Documents
import Hashing
import Testing

@testable import Pipelines

/// Which page of a cluster stays: the one of the least rank.
@Suite struct DocumentSignerTests {
  private func rank(
    language: String? = nil, canonical: String? = nil, accepted: [String] = ["en"]
  ) -> UInt32 {
    let id = DocumentID(archive: Digest(of: []), memberOffset: 0, recordOffset: 0)
    let document = InterleavedDocument(
      id: id, url: "https://a.example/page", language: language, canonicalURL: canonical,
      nodes: [])
    let signer = DocumentSigner(rules: DeduplicationConfiguration(), languages: accepted)
    return signer.signature(of: document).rank
  }

  @Test(arguments: ["fr", "fr-FR", "FR_ca"])
  func anotherLanguageThanTheAcceptedOnesComesLast(tag: String) {
    let canonicalElsewhere = rank(language: "en-GB", canonical: "https://a.example/other")
    #expect(rank(language: tag, canonical: "https://a.example/page") > canonicalElsewhere)
    #expect(rank(language: tag, accepted: ["en", "fr"]) == rank(language: "en"))
    #expect(rank(language: tag, accepted: []) == rank(language: "en"))
  }

  @Test(arguments: [nil, "", "en", "EN-us", "en_GB"])
  func noLanguageIsAsGoodAsAnAcceptedOne(tag: String?) {
    #expect(rank(language: tag) == rank())
  }

  @Test func thePageThatIsItsOwnCanonicalOneComesFirst() {
    #expect(rank(canonical: "https://a.example/page") < rank())
    #expect(rank() < rank(canonical: "https://a.example/other"))
  }
}
