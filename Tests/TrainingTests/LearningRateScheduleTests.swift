import Testing
import Training

struct LearningRateScheduleTests {
  private let schedule = LearningRateSchedule(peak: 2e-4, warmup: 375, total: 300_000)

  // Hand-derived from fairseq: update k uses n = k - 1 finished updates.
  private static let golden: [(Int, Double)] = [
    (1, 0),
    (2, 2e-4 / 375),
    (188, 2e-4 * 187 / 375),
    (376, 2e-4),
    (377, 2e-4 * (1 - 1 / 299_625)),
    (300_000, 2e-4 / 299_625),
    (300_001, 0),
    (1_000_000, 0),
  ]

  @Test(arguments: golden)
  func countsAsFairseqDoes(update: Int, rate: Double) {
    #expect(abs(schedule.rate(ofUpdate: update) - rate) <= 1e-12 * 2e-4)
  }

  @Test func beginsAtThePeakWithoutWarmup() {
    let schedule = LearningRateSchedule(peak: 1, warmup: 0, total: 4)
    #expect((1...5).map(schedule.rate) == [1, 0.75, 0.5, 0.25, 0])
  }
}
