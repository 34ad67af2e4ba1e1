import ArgumentParser
import Dispatch
import Glibc
import Inspection
import Serving

/// `weft serve`: the run in a browser.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the run in a browser, on this machine alone, until Ctrl-C.",
    discussion: """
      The viewer reads and never writes, and a run may go on meanwhile. It listens on 127.0.0.1 only; from \
      another machine use a tunnel: ssh -L 8080:127.0.0.1:8080 HOST. See docs/viewer.md.
      """)

  @Argument(help: "The run directory.", completion: .directory)
  var directory: String

  @Option(help: "The port of 127.0.0.1; 0 takes any that is free.")
  var port: UInt16 = 8080

  func run() async throws {
    try await ExitStatus.reporting {
      let server = try Server(Viewer(InspectedRun(directory)), port: port)
      let signals = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { server.stop() }
        source.resume()
        return source
      }
      defer { withExtendedLifetime(signals) {} }
      print(server.address)
      fflush(nil)
      server.run()
    }
  }
}
