/// The corpora of the toy world, drawn one document at a time.
struct ToyCorpora {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private mutating func thing() -> ToyThing { ToyThing(&random) }

  private mutating func kind() -> ToyThing.Kind {
    ToyThing.Kind.allCases.randomElement(using: &random) ?? .size
  }

  private func name(_ thing: ToyThing) -> String {
    "a " + ToyThing.Kind.allCases.map(thing.word).joined(separator: " ")
  }

  /// Words alone, as in `a big red circle . the color is red .`.
  mutating func text() -> ToyDocument {
    let (thing, kind) = (thing(), kind())
    var document = ToyDocument()
    document.say("\(name(thing)) . the \(kind.rawValue) is \(thing.word(kind)) .")
    document.end()
    return document
  }

  /// A picture and what is said of it: `a big red circle . it is red .`, or `the shape is circle .` at the end.
  mutating func caption() -> ToyDocument {
    let (thing, kind) = (thing(), kind())
    var document = ToyDocument()
    document.show(thing.picture(&random))
    let begin = Bool.random(using: &random) ? "the \(kind.rawValue) is" : "it is"
    document.say("\(name(thing)) . \(begin) \(thing.word(kind)) .")
    document.end()
    return document
  }

  /// Pictures, each with `it is X .`, where X is of one kind that is never named.
  mutating func interleaved(pictures: Int = 3) -> ToyDocument {
    let kind = kind()
    var document = ToyDocument()
    for _ in 0..<pictures {
      let thing = thing()
      document.show(thing.picture(&random))
      document.say("it is \(thing.word(kind)) .")
    }
    document.end()
    return document
  }

  /// An instruction about a sentence; the answer alone is a target.
  mutating func instruction() -> ToyDocument {
    let (thing, kind) = (thing(), kind())
    var document = ToyDocument()
    document.say(
      "\(name(thing)) . Question : what \(kind.rawValue) ? Answer :", isTarget: false)
    document.say(thing.word(kind))
    document.end()
    return document
  }

  /// So many pictures with `it is X .`, then one with `it is`, and what is to follow.
  mutating func shots(_ count: Int) -> (document: ToyDocument, answer: String) {
    let kind = kind()
    var document = ToyDocument()
    for _ in 0..<count {
      let thing = thing()
      document.show(thing.picture(&random))
      document.say("it is \(thing.word(kind)) .")
    }
    let asked = thing()
    document.show(asked.picture(&random))
    document.say("it is \(asked.word(kind))")
    return (document, asked.word(kind))
  }

  /// A question about a picture, in the words of ``instruction()``, and the answer.
  mutating func question() -> (document: ToyDocument, answer: String) {
    let (thing, kind) = (thing(), kind())
    var document = ToyDocument()
    document.show(thing.picture(&random))
    document.say("Question : what \(kind.rawValue) ? Answer : \(thing.word(kind))")
    return (document, thing.word(kind))
  }
}
