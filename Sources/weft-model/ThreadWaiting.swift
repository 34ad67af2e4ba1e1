import Glibc

/// How libtorch's threads wait for each other.
enum ThreadWaiting {
  private static let variable = "OMP_WAIT_POLICY"

  /// Begins the process again with threads that sleep while they wait, unless the user has chosen.
  ///
  /// OpenMP's threads spin by default. On a machine that does anything else at the same time, that made
  /// training several times slower, and costs nothing measurable to turn off. The library reads the
  /// variable when it is loaded, which is before `main`.
  static func makePassive() {
    guard getenv(variable) == nil else { return }
    setenv(variable, "passive", 1)
    // Where this fails the process goes on as it is: slower, perhaps, and not wrong.
    execv("/proc/self/exe", CommandLine.unsafeArgv)
  }
}
