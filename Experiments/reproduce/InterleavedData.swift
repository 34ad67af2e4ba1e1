/// X4 and X5: what interleaved documents teach (section 4.1.1 of the paper), and whether instructions in words alone
/// carry over to pictures (section 4.9.1, table 14).
struct InterleavedData {
  let seeds: [UInt64]
  private static let tested = 300
  private static let pretraining = Optimisation(steps: 900, peak: 2e-3)
  private static let tuning = Optimisation(steps: 225, peak: 5e-4, warmup: 20)

  /// A row of X4's table.
  private struct Shots {
    var caption = 0.0
    var accuracy = [0: 0.0, 2: 0.0, 4: 0.0]
  }

  /// A row of X5's table.
  private struct Tuned {
    var instructions = 0.0
    var questions = 0.0
    var caption = 0.0
  }

  func run() throws -> (inContext: Findings, transfer: Findings) {
    var shots = (mixed: [Shots](), captions: [Shots]())
    var tuned = (before: [Tuned](), instructed: [Tuned](), control: [Tuned]())
    for seed in seeds {
      let mixture = ToyModel.Mixture(texts: 8, captions: 20, interleaved: 8)
      let mixed = try pretrained(mixture, seed: seed)
      shots.mixed.append(measureShots(mixed, "interleaved", seed: seed))
      // As many pictures a step: 20 captions and 8 documents of 3.
      let captions = try pretrained(ToyModel.Mixture(texts: 8, captions: 44), seed: seed)
      shots.captions.append(measureShots(captions, "captions alone", seed: seed))
      tuned.before.append(measureTuned(mixed, "before", seed: seed))
      let instructed = ToyModel.Mixture(texts: 4, captions: 12, interleaved: 4, instructions: 24)
      tuned.instructed.append(
        measureTuned(try tune(mixed, instructed, seed: seed), "tuned", seed: seed))
      let control = ToyModel.Mixture(texts: 28, captions: 12, interleaved: 4)
      let other = try pretrained(mixture, seed: seed)
      tuned.control.append(
        measureTuned(try tune(other, control, seed: seed), "control", seed: seed))
    }
    return (
      inContextFindings(shots.mixed, shots.captions),
      transferFindings(tuned.before, tuned.instructed, tuned.control)
    )
  }

  private func pretrained(_ mixture: ToyModel.Mixture, seed: UInt64) throws -> ToyModel {
    let model = try ToyModel(seed: seed)
    model.train(mixture, Self.pretraining, seed: seed)
    return model
  }

  private func tune(
    _ model: ToyModel, _ mixture: ToyModel.Mixture, seed: UInt64
  ) throws -> ToyModel {
    model.train(mixture, Self.tuning, seed: seed + 1_000)
    return model
  }

  private func measureShots(_ model: ToyModel, _ name: String, seed: UInt64) -> Shots {
    var result = Shots()
    result.caption = model.captionAccuracy(Self.tested, seed: seed + 2_000)
    for count in [0, 2, 4] {
      var corpora = ToyCorpora(seed: seed + 3_000)
      result.accuracy[count] = model.accuracy(Self.tested) { corpora.shots(count) }
    }
    progress("X4 \(name), seed \(seed): \(result)")
    return result
  }

  private func measureTuned(_ model: ToyModel, _ name: String, seed: UInt64) -> Tuned {
    var words = ToyCorpora(seed: seed + 4_000)
    var pictures = ToyCorpora(seed: seed + 5_000)
    let result = Tuned(
      instructions: model.accuracy(Self.tested) { words.instructionWithAnswer() },
      questions: model.accuracy(Self.tested) { pictures.question() },
      caption: model.captionAccuracy(Self.tested, seed: seed + 2_000))
    progress("X5 \(name), seed \(seed): \(result)")
    return result
  }

  private func inContextFindings(_ mixed: [Shots], _ captions: [Shots]) -> Findings {
    var table = ResultTable(
      ["trained on", "words of captions", "0 examples", "2 examples", "4 examples"])
    for (name, rows) in [
      ("captions and interleaved documents", mixed), ("captions alone, as many pictures", captions),
    ] {
      table.add(
        [name, shown(rows.map(\.caption))]
          + [0, 2, 4].map { count in shown(rows.compactMap { $0.accuracy[count] }) })
    }
    let worst = mixed.compactMap { $0.accuracy[4] }.min() ?? .nan
    let best = captions.compactMap { $0.accuracy[4] }.max() ?? .nan
    return Findings(
      table: table,
      claims: [
        Claim(
          "interleaved documents teach a model to follow examples, and captions alone do not (with 4 examples, for every seed more than twice as often right)",
          worst > 2 * best),
        Claim(
          "examples help: 2 are better than none",
          zip(mixed.compactMap { $0.accuracy[0] }, mixed.compactMap { $0.accuracy[2] }).allSatisfy {
            $0 < $1
          }),
      ])
  }

  private func transferFindings(
    _ before: [Tuned], _ instructed: [Tuned], _ control: [Tuned]
  ) -> Findings {
    var table = ResultTable(
      ["model", "instructions in words", "questions about pictures", "words of captions"])
    for (name, rows) in [
      ("before tuning", before), ("tuned on instructions in words", instructed),
      ("tuned as long without instructions", control),
    ] {
      table.add(
        [
          name, shown(rows.map(\.instructions)), shown(rows.map(\.questions)),
          shown(rows.map(\.caption)),
        ])
    }
    let worst = instructed.map(\.questions).min() ?? .nan
    let best = (before + control).map(\.questions).max() ?? .nan
    return Findings(
      table: table,
      claims: [
        Claim(
          "tuning on instructions in words alone lets a model answer questions about pictures (for every seed more than 0.3 right, and five times the control)",
          worst > 0.3 && worst > 5 * best)
      ])
  }

  /// The mean over the seeds, and each.
  private func shown(_ values: [Double]) -> String {
    let mean = values.reduce(0, +) / Double(values.count)
    return "\(fixed(mean, 3)) (\(values.map { fixed($0, 3) }.joined(separator: ", ")))"
  }
}

extension ToyCorpora {
  /// An instruction about a sentence, up to its answer.
  fileprivate mutating func instructionWithAnswer() -> (document: ToyDocument, answer: String) {
    let full = instruction()
    return (full.withoutEnd, ToyVocabulary.words[Int(full.tokens[full.tokens.count - 2])])
  }
}
