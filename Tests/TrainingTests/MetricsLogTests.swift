import Storage
import TestSupport
import Testing
import Training

struct MetricsLogTests {
  private func metrics(_ step: Int) -> StepMetrics {
    StepMetrics(
      step: step, loss: 2.5, losses: .init(interleaved: 2, pairs: nil, text: 3),
      learningRate: 1e-4, gradientNorm: 0.5, tokens: 1000, targets: 800,
      positions: .init(interleaved: 400, pairs: 0, text: 700),
      padding: .init(interleaved: 0.25, pairs: nil, text: 0), seconds: 0.5, waitingSeconds: 0.125)
  }

  private func write(_ path: String, steps: ClosedRange<Int>, after finished: Int) throws {
    let log = try MetricsLog(path: path, finishedSteps: finished)
    for step in steps {
      try log.append(metrics(step))
      if step % 2 == 0 {
        try log.append(
          ValidationMetrics(
            step: step,
            results: .init(
              interleaved: nil, pairs: nil, text: .init(loss: 4, unigram: 6, targets: 10))))
      }
    }
  }

  @Test func writesOneObjectALine() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/metrics/metrics.jsonl"
    try write(path, steps: 1...2, after: 0)
    let text = try FileSystem.readText(path)
    let lines = text.split(separator: "\n")
    #expect(
      lines[0] == """
        {"gradientNorm":0.5,"learningRate":0.0001,"loss":2.5,\
        "losses":{"interleaved":2,"pairs":null,"text":3},\
        "padding":{"interleaved":0.25,"pairs":null,"text":0},\
        "positions":{"interleaved":400,"pairs":0,"text":700},"seconds":0.5,"step":1,\
        "targets":800,"tokens":1000,"tokensPerSecond":2000,"type":"train",\
        "waitingSeconds":0.125,"waitingShare":0.25}
        """)
    #expect(
      lines[2] == """
        {"results":{"interleaved":null,"pairs":null,\
        "text":{"loss":4,"targets":10,"unigram":6}},"step":2,"type":"validation"}
        """)
  }

  @Test(arguments: 0...6)
  func aResumedRunWritesWhatAnUninterruptedOneDoes(finished: Int) throws {
    let directory = TemporaryDirectory()
    let whole = directory.path + "/whole.jsonl"
    let resumed = directory.path + "/resumed.jsonl"
    try write(whole, steps: 1...8, after: 0)
    try write(resumed, steps: 1...6, after: 0)
    try write(resumed, steps: finished + 1...8, after: finished)
    #expect(try FileSystem.read(resumed) == FileSystem.read(whole))
  }

  @Test func aTornLineIsCutOff() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/metrics.jsonl"
    try write(path, steps: 1...2, after: 0)
    let whole = try FileSystem.read(path)
    for length in 0..<whole.count {
      try AppendedFile(path: path, keeping: 0).append(Array(whole[..<length]))
      _ = try MetricsLog(path: path, finishedSteps: 2)
      let kept = try FileSystem.read(path)
      let lines = whole[..<length].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      #expect(kept.elementsEqual(whole[..<lines]))
    }
  }

  @Test func bytesOfSomethingElseAreNotKept() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/metrics.jsonl"
    try AtomicFile.write("garbage\n\u{0}\u{0}\n{\"step\":1}\n", to: path)
    _ = try MetricsLog(path: path, finishedSteps: 9)
    #expect(try FileSystem.read(path).isEmpty)
  }
}
