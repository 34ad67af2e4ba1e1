import Dispatch
import Glibc
import Pipelines

/// Turns the first Ctrl-C into a request to stop that leaves a resumable run, and the second into an
/// end at once.
enum InterruptSignal {
  /// Begins to listen; the returned source must be kept alive.
  ///
  /// - Parameter isQuiet: Whether another process tells the user.
  static func listen(
    raising interruption: Interruption, isQuiet: Bool = false
  ) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if interruption.isRaised { _exit(128 + number) }
        interruption.raise()
        if isQuiet { return }
        Terminal.writeError(
          "\nstopping; what is done stays done, and the same command goes on from there"
            + " (once more to stop at once)\n")
      }
      source.resume()
      return source
    }
  }
}
