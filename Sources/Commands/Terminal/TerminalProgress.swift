import Documents
import Pipelines
import Synchronization

/// Shows a run's progress on standard error: one bar that redraws itself on a terminal, plain lines
/// elsewhere.
final class TerminalProgress: ProgressSink {
  private let isInteractive: Bool
  private let state = Mutex(State())

  private struct State {
    var current: StageProgress?
    var lastDrawn: ContinuousClock.Instant?
  }

  /// Makes a display that redraws its line, or one that writes plain lines.
  init(isInteractive: Bool = Terminal.isInteractive) {
    self.isInteractive = isInteractive
  }

  func begin(stage: StageName, total: Int64, unit: ProgressUnit) {
    let progress = StageProgress(
      stage: stage, total: total, unit: unit, start: ContinuousClock.now)
    state.withLock {
      $0.current = progress
      $0.lastDrawn = nil
    }
    draw(force: isInteractive)
  }

  func advance(stage: StageName, by amount: Int64) {
    state.withLock { $0.current?.done += amount }
    draw(force: false)
  }

  func say(stage: StageName, _ text: String) {
    state.withLock { $0.current?.saying = text }
    draw(force: isInteractive)
  }

  func note(stage: StageName, _ line: String) {
    Terminal.writeError((isInteractive ? "\r\u{1B}[K" : "") + "\(Self.label(stage)) \(line)\n")
    draw(force: isInteractive)
  }

  func end(stage: StageName, note: String) {
    let line = "\(Self.label(stage)) \(note)\n"
    state.withLock { $0.current = nil }
    Terminal.writeError((isInteractive ? "\r\u{1B}[K" : "") + line)
  }

  func warn(_ message: String) {
    Terminal.writeError((isInteractive ? "\r\u{1B}[K" : "") + "warning: \(message)\n")
    draw(force: isInteractive)
  }

  /// Redraws at most ten times a second on a terminal; writes a line every ten seconds elsewhere.
  private func draw(force: Bool) {
    let now = ContinuousClock.now
    let line: String? = state.withLock { state in
      guard let current = state.current else { return nil }
      let pause: Duration = isInteractive ? .milliseconds(100) : .seconds(10)
      let last = state.lastDrawn ?? (isInteractive ? nil : current.start)
      if !force, let last, now - last < pause { return nil }
      state.lastDrawn = now
      return isInteractive ? bar(current, at: now) : plain(current, at: now)
    }
    if let line { Terminal.writeError(line) }
  }

  private func bar(_ progress: StageProgress, at now: ContinuousClock.Instant) -> String {
    let words = progress.words(at: now)
    let label = Self.label(progress.stage)
    let room = Terminal.width() - label.count - words.count - 5
    let bar = room >= 8 ? "▕\(progress.bar(width: min(room, 32)))▏ " : ""
    let line = "\(label) \(bar)\(words)".prefix(max(10, Terminal.width() - 1))
    return "\r\u{1B}[K\(line)"
  }

  private func plain(_ progress: StageProgress, at now: ContinuousClock.Instant) -> String {
    "\(Self.label(progress.stage)) \(progress.words(at: now))\n"
  }

  private static func label(_ stage: StageName) -> String {
    stage.rawValue + String(repeating: " ", count: max(0, 9 - stage.rawValue.count))
  }
}
