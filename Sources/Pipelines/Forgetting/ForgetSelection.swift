internal import Compression
internal import Documents
internal import Provenance

/// What selectors mean in a run: records, and the images of named digests with their addresses.
struct ForgetSelection {
  /// What goes, the crawled images of stored files included.
  private(set) var list: ForgottenList
  /// The addresses at which documents show images of named digests.
  private(set) var imageURLs: Set<String> = []
  /// The archives of the crawl that hold it.
  private(set) var archives: [String] = []
  private var knownImages: Set<Digest> = []
  private var matchesAnAddress = false

  /// Looks selectors up: by the ledger's indexes, where it has all rows and no domain is named; else in the
  /// rows that the stages wrote.
  init(
    _ selectors: ForgetSelectors, manifests: [PartitionManifest], ledger: Ledger?,
    in directory: RunDirectory
  ) throws {
    if selectors.domains.isEmpty, let ledger, try Self.hasRows(ledger, of: manifests) {
      try self.init(selectors, ledger: ledger)
    } else {
      try self.init(selectors, manifests: manifests, in: directory)
    }
  }

  /// The stages whose rows tell of addresses and images.
  private static let stages: Set<StageName> = [.read, .images, .curate]

  private static func hasRows(_ ledger: Ledger, of manifests: [PartitionManifest]) throws -> Bool {
    try manifests.filter { stages.contains($0.stage) }.allSatisfy { manifest in
      let part = RunDirectory.ledgerPart(manifest.stage, manifest.partition)
      let digest = manifest.outputs.first { $0.path == part }?.current
      return try digest != nil && ledger.digest(of: manifest.stage, manifest.partition) == digest
    }
  }

  /// Looks selectors up in the ledger.
  private init(_ selectors: ForgetSelectors, ledger: Ledger) throws {
    var selectors = selectors
    for digest in selectors.images {
      let crawled = try ledger.digests(storedAs: digest)
      knownImages.formUnion(crawled)
      selectors.add(images: crawled)
    }
    for digest in selectors.images {
      if try !ledger.images(digest: digest, limit: 1).isEmpty { knownImages.insert(digest) }
      imageURLs.formUnion(try ledger.documentImages(digest: digest, limit: .max).map(\.url))
    }
    var records: Set<RecordID> = []
    var holding: Set<Int> = []
    for url in selectors.urls {
      // Another address may have the same key.
      for row in try ledger.records(address: url) where row.url.map(selectors.match) ?? false {
        records.insert(row.id)
        holding.insert(row.location.input)
      }
      if try ledger.documentImages(address: url).contains(where: { selectors.match($0.url) }) {
        matchesAnAddress = true
      }
    }
    list = ForgottenList(selectors, records: records)
    archives = try holding.sorted().compactMap { try ledger.input($0)?.path }
  }

  /// Looks selectors up in the rows that the stages wrote.
  private init(
    _ selectors: ForgetSelectors, manifests: [PartitionManifest], in directory: RunDirectory
  ) throws {
    var selectors = selectors
    var records: Set<RecordID> = []
    var inputs: [Int: String] = [:]
    var holding: Set<Int> = []
    for manifest in manifests where Self.stages.contains(manifest.stage) {
      let part = RunDirectory.ledgerPart(manifest.stage, manifest.partition)
      var reader = try JSONLinesReader<LedgerRow>(path: directory.path(part))
      while let row = try reader.next() {
        switch row {
        case .input(let row): inputs[row.input] = row.path
        case .record(let row):
          guard let url = row.url, selectors.match(url) else { continue }
          records.insert(row.id)
          holding.insert(row.location.input)
        case .image(let row) where selectors.images.contains(row.digest):
          knownImages.insert(row.digest)
        case .storedImage(let row) where selectors.images.contains(row.stored.digest):
          knownImages.insert(row.digest)
          selectors.add(images: [row.digest])
        case .documentImage(let row):
          if let digest = row.digest, selectors.images.contains(digest) {
            imageURLs.insert(row.url)
          }
          if selectors.match(row.url) { matchesAnAddress = true }
        default: break
        }
      }
    }
    list = ForgottenList(selectors, records: records)
    archives = holding.sorted().compactMap { inputs[$0] }
  }

  /// Refuses selectors that mean nothing in the run: a typing error must not look like success.
  func requireSomething() throws {
    guard list.records.isEmpty, knownImages.isEmpty, !matchesAnAddress else { return }
    throw RunError(
      .input,
      "nothing in the run is meant by that; `weft trace RUN --url` or `--domain` shows what there is"
    )
  }
}
