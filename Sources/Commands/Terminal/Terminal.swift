import Glibc
import Storage

/// What the standard streams are connected to.
enum Terminal {
  /// Whether standard error is a terminal that can redraw a line.
  static var isInteractive: Bool {
    isatty(STDERR_FILENO) == 1 && name != "dumb"
  }

  /// Whether standard output is a terminal that shows colours.
  static var showsColours: Bool {
    isatty(STDOUT_FILENO) == 1 && name != "dumb" && getenv("NO_COLOR") == nil
  }

  /// The width of the terminal in columns, or 80 where there is none.
  static func width(of descriptor: Int32 = STDERR_FILENO) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes bytes to standard output at once.
  ///
  /// - Throws: `StorageError` where that is full or closed.
  static func writeOutput(_ bytes: [UInt8]) throws(StorageError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw StorageError(.write, path: "standard output", errorNumber: errno)
      }
      rest = rest.dropFirst(written)
    }
  }

  /// Writes text to standard error at once.
  static func writeError(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = write(
          STDERR_FILENO, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written <= 0 { return }
        rest = rest.dropFirst(written)
      }
    }
  }

  private static var name: String? {
    getenv("TERM").map { String(cString: $0) }
  }
}
