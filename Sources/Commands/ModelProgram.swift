import Glibc
import Storage

/// The program beside this one that has the model in it.
enum ModelProgram {
  private static let name = "weft-model"

  /// Goes on as that program, with the same arguments.
  ///
  /// - Throws: ``ModelMissing`` where it is not there.
  static func takeOver() throws -> Never {
    let path = try sibling(name)
    execv(path, CommandLine.unsafeArgv)
    throw ModelMissing(path: path, detail: String(cString: strerror(errno)))
  }

  /// The path of a program beside this one.
  static func sibling(_ name: String) throws -> String {
    guard let own = realpath("/proc/self/exe", nil) else {
      throw ModelMissing(path: name, detail: String(cString: strerror(errno)))
    }
    defer { free(own) }
    let directory = String(cString: own).split(separator: "/").dropLast().joined(separator: "/")
    return "/\(directory)/\(name)"
  }
}

/// The program with the model in it could not be begun.
struct ModelMissing: Error, CustomStringConvertible {
  /// Where it should be.
  var path: String
  /// What the system says.
  var detail: String

  var description: String {
    "this command needs the model, but '\(path)' cannot be run: \(detail); `make build` builds it, "
      + "and it belongs beside weft"
  }
}
