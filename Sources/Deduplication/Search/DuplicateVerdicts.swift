internal import Documents

/// Which documents go no further, by which rule, and which one stays in the place of each.
///
/// Memory is a bit a document, and 20 bytes for each that agrees with another or is in a pair.
struct DuplicateVerdicts {
  private let places: DocumentPlaces
  /// The document that a rule kept in the place of one; ``nobody`` where it is kept itself.
  private var kept: [UInt32]
  /// The exact rule that dropped a document; `nil` where it is a near duplicate.
  private var rules: [MatchRule?]
  /// The greatest similarity measured between a document and another of its set; 0 for none.
  private var similarities: [Float]

  private static let nobody = UInt32.max

  /// Why a document goes no further.
  struct Verdict {
    /// The exact rule; `nil` where it is a near duplicate.
    var rule: MatchRule?
    /// The document that stays in the end, where a later rule drops the one that a rule kept.
    var survivor: UInt32
    /// The one that the rule kept.
    var kept: UInt32
    var similarity: Float
  }

  init(_ signatures: SignatureSet, _ matches: [MatchFile], _ pairs: [NearPairFile]) throws {
    var bits = DocumentBits(count: signatures.count)
    _ = try ExactDuplicates(matches, documents: signatures.count) { number, kept, _ in
      bits.insert(number)
      bits.insert(kept)
    }
    for file in pairs {
      try file.forEach { pair in
        bits.insert(pair.first)
        bits.insert(pair.second)
      }
    }
    places = DocumentPlaces(bits)
    kept = Array(repeating: Self.nobody, count: places.count)
    rules = Array(repeating: nil, count: places.count)
    similarities = Array(repeating: 0, count: places.count)
    try dropExact(matches, documents: signatures.count)
    try dropNear(pairs, signatures)
  }

  private mutating func dropExact(_ matches: [MatchFile], documents: Int) throws {
    _ = try ExactDuplicates(matches, documents: documents) { number, kept, rule in
      let place = place(of: number)
      self.kept[place] = kept
      rules[place] = rule
    }
  }

  /// Joins pairs into sets, of each of which the first document stays.
  private mutating func dropNear(_ pairs: [NearPairFile], _ signatures: SignatureSet) throws {
    var sets = DisjointSets(count: places.count)
    for file in pairs {
      try file.forEach { pair in
        let (first, second) = (place(of: pair.first), place(of: pair.second))
        sets.join(UInt32(first), UInt32(second))
        similarities[first] = max(similarities[first], pair.similarity)
        similarities[second] = max(similarities[second], pair.similarity)
      }
    }
    var leasts = [UInt32](repeating: Self.nobody, count: places.count)
    try places.forEach { number, place in
      let set = Int(sets.representative(of: UInt32(place)))
      let least = leasts[set]
      if least == Self.nobody {
        leasts[set] = number
      } else if try signatures.order(number) < signatures.order(least) {
        leasts[set] = number
      }
    }
    places.forEach { number, place in
      let least = leasts[Int(sets.representative(of: UInt32(place)))]
      if least != number { kept[place] = least }
    }
  }

  private func place(of number: UInt32) -> Int {
    guard let place = places.place(of: number) else {
      preconditionFailure("a document of a group or pair has a place")
    }
    return place
  }

  /// Whether a document goes no further.
  func drops(_ number: UInt32) -> Bool {
    places.place(of: number).map { kept[$0] != Self.nobody } ?? false
  }

  /// Why a document goes no further; `nil` where it goes on.
  func verdict(on number: UInt32) -> Verdict? {
    guard let place = places.place(of: number), kept[place] != Self.nobody else { return nil }
    return Verdict(
      rule: rules[place], survivor: survivor(of: kept[place]), kept: kept[place],
      similarity: similarities[place])
  }

  private func survivor(of document: UInt32) -> UInt32 {
    var last = document
    while let place = places.place(of: last), kept[place] != Self.nobody { last = kept[place] }
    return last
  }
}
