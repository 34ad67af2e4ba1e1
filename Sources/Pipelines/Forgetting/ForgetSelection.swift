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

  /// Looks selectors up in the rows that the stages wrote.
  init(
    _ selectors: ForgetSelectors, manifests: [PartitionManifest], in directory: RunDirectory
  ) throws {
    var selectors = selectors
    var records: Set<RecordID> = []
    var inputs: [Int: String] = [:]
    var holding: Set<Int> = []
    for manifest in manifests {
      let part = RunDirectory.ledgerPart(manifest.stage, manifest.partition)
      guard [.read, .images, .curate].contains(manifest.stage) else { continue }
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
