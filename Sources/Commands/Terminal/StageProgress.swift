import Documents
import Pipelines

/// How far a stage has come, and the words for it.
struct StageProgress {
  let stage: StageName
  let total: Int64
  let unit: ProgressUnit
  let start: ContinuousClock.Instant
  var done: Int64 = 0
  var saying = ""

  /// The share of the work that is done, from 0 to 1.
  var fraction: Double { total > 0 ? min(1, Double(done) / Double(total)) : 0 }

  /// Amount, rate and time left, such as `1,204/1,600 documents  310/s  1 s left`.
  func words(at now: ContinuousClock.Instant) -> String {
    let seconds = (now - start) / .seconds(1)
    var words = "\(Self.amount(done, unit))/\(Self.amount(total, unit)) \(unit.label)"
    if seconds > 0.5 && done > 0 {
      let rate = Double(done) / seconds
      words += "  \(Self.rate(rate, unit))"
      if done < total { words += "  \(Self.duration(Double(total - done) / rate)) left" }
    }
    return saying.isEmpty ? words : words + "  " + saying
  }

  /// A bar of a width in columns.
  func bar(width: Int) -> String {
    let eighths = Int(fraction * Double(width * 8))
    let whole = eighths / 8
    let part = eighths % 8
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][part]
    let filled = String(repeating: "█", count: whole) + partial
    return filled + String(repeating: " ", count: max(0, width - whole - (part > 0 ? 1 : 0)))
  }

  /// A time in words, such as `1 min 20 s`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if seconds < 10 && seconds != seconds.rounded() {
      return "\((seconds * 10).rounded() / 10) s"
    }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  private static func amount(_ value: Int64, _ unit: ProgressUnit) -> String {
    unit == .bytes ? "\((Double(value) / 1e5).rounded() / 10)" : grouped(value)
  }

  private static func rate(_ rate: Double, _ unit: ProgressUnit) -> String {
    if unit == .bytes { return "\((rate / 1e5).rounded() / 10) MB/s" }
    return rate >= 10 ? "\(grouped(Int64(rate)))/s" : "\((rate * 10).rounded() / 10)/s"
  }

  private static func grouped(_ value: Int64) -> String {
    var text = ""
    for (index, digit) in String(value).reversed().enumerated() {
      if index > 0 && index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}

extension ProgressUnit {
  /// The unit after an amount.
  var label: String { self == .bytes ? "MB" : rawValue }
}
