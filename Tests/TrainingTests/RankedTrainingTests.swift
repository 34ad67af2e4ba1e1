import Documents
import Foundation
import Kosmos
import Storage
import Testing
import Training

/// That several processes train as one does, and end together.
struct RankedTrainingTests {
  /// A run with dropout and several micro-batches a step.
  private func ranked(steps: Int, _ change: (inout TrainingConfiguration) -> Void = { _ in }) throws
    -> RankedRun
  {
    let run = try TinyRun(documents: 16)
    var configuration = run.configuration
    configuration.steps = steps
    configuration.warmupSteps = 2
    configuration.microBatchTokens = 64
    change(&configuration)
    var ranked = RankedRun(run, configuration)
    ranked.model.decoder.dropout = 0.1
    return ranked
  }

  private func train(_ ranked: RankedRun, ranks: Int, into name: String) async throws
    -> RankedRun.Part
  {
    var ranked = ranked
    ranked.inputs.checkpoints += name
    ranked.inputs.metrics += name
    let parts = try await ranked.train(ranks: ranks).map { try $0.get() }
    #expect(parts.dropFirst().allSatisfy { $0.steps.isEmpty && $0.validations.isEmpty })
    return try #require(parts.first)
  }

  /// Five ranks are more than the steps have groups of a corpus.
  @Test(arguments: [2, 3, 5])
  func theLossesAreThoseOfOneProcess(ranks: Int) async throws {
    let ranked = try self.ranked(steps: 24) { $0.validateEvery = 12 }
    let one = try await train(ranked, ranks: 1, into: "-one")
    let many = try await train(ranked, ranks: ranks, into: "-many")
    #expect(one.steps.count == 24 && many.steps.count == 24)
    for (one, many) in zip(one.steps, many.steps) {
      #expect(abs(one.loss - many.loss) < 1e-5, "step \(one.step): \(one.loss), \(many.loss)")
      for corpus in Corpus.crawled {
        let loss = try #require(one.losses[corpus])
        #expect(abs(loss - (try #require(many.losses[corpus]))) < 1e-5)
      }
      #expect(abs(one.gradientNorm - many.gradientNorm) < 1e-4)
      #expect(one.tokens == many.tokens && one.targets == many.targets)
      #expect(one.exchangeSeconds == nil && many.exchangeSeconds != nil)
    }
    for (one, many) in zip(one.validations, many.validations) {
      for corpus in Corpus.crawled {
        let (one, many) = (try #require(one.results[corpus]), try #require(many.results[corpus]))
        #expect(abs(one.loss - many.loss) < 1e-5 && one.targets == many.targets)
      }
    }
    let lines = try FileSystem.readText(ranked.inputs.metrics + "-many/metrics.jsonl")
    #expect(lines.split(separator: "\n").count == 26)
  }

  @Test func aRunGoesOnWithAnotherNumberOfRanks() async throws {
    var ranked = try self.ranked(steps: 12) { $0.checkpointEvery = 4 }
    let one = try await train(ranked, ranks: 1, into: "-one")
    var losses: [Double] = []
    for (ranks, stop) in [(2, 4), (1, 8), (3, 12)] {
      ranked.shouldStop = { _, steps in steps >= stop }
      losses += try await train(ranked, ranks: ranks, into: "-many").steps.map(\.loss)
    }
    #expect(losses.count == 12)
    #expect(zip(one.steps, losses).allSatisfy { abs($0.loss - $1) < 1e-5 })
  }

  @Test func allStopAfterTheSameStepWhereOneIsAsked() async throws {
    var ranked = try self.ranked(steps: 50)
    ranked.shouldStop = { rank, steps in rank == 2 && steps >= 3 }
    for result in await ranked.train(ranks: 3) {
      let part = try result.get()
      #expect(part.outcome.finishedSteps == 3 && !part.outcome.isComplete)
    }
    #expect(try Checkpoint.all(in: ranked.inputs.checkpoints).map(\.step) == [3])
  }

  @Test func whatDiffersIsNamedBeforeAnyWork() async throws {
    var ranked = try self.ranked(steps: 4)
    ranked.change = { rank, configuration in
      if rank == 1 { configuration.learningRate = 0.125 }
    }
    for result in await ranked.train(ranks: 3) {
      #expect { try result.get() } throws: { error in
        let code = (error as? TrainingError)?.code
        return "\(error)".contains("'training.learningRate'") && "\(error)".contains("0.125")
          && (code == .mismatchedRanks || code == .failedRank)
      }
    }
    #expect(!Directory.isDirectory(ranked.inputs.checkpoints))
  }

  @Test func anErrorOfOneEndsAllAndIsQuoted() async throws {
    struct Fault: Error, CustomStringConvertible { let description = "the disk is full" }
    var ranked = try self.ranked(steps: 50)
    ranked.report = { if $0.step == 3 { throw Fault() } }
    let results = await ranked.train(ranks: 2)
    #expect { try results[0].get() } throws: { $0 is Fault }
    #expect { try results[1].get() } throws: {
      "\($0)".hasPrefix("rank 0 ended by an error: the disk is full")
    }
  }

  @Test func aLossThatIsNotFiniteIsNamedByWhoHasTheBatch() async throws {
    let ranked = try self.ranked(steps: 20) {
      $0.warmupSteps = 0
      $0.learningRate = 1e30
    }
    let documents = Corpus.crawled.flatMap { corpus in
      (0..<16).map { TinyRun.documentID($0, of: corpus).description }
    }
    for result in await ranked.train(ranks: 2) {
      #expect { try result.get() } throws: { error in
        documents.contains { "\(error)".contains($0) }
      }
    }
  }
}
