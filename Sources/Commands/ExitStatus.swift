import ArgumentParser
import ObjectStores
import Pipelines
import Provenance
import Storage

/// How the command ends; the numbers above 63 are those of `sysexits.h`.
enum ExitStatus: Int32 {
  /// Something was found wrong, or could not be done.
  case failure = 1
  /// An input is missing or unreadable.
  case noInput = 66
  /// The disk is full or cannot be written.
  case inputOutput = 74
  /// A worker was asked for what its driver no longer wants, or does not want yet.
  case superseded = 75
  /// The pipeline file is at fault.
  case configuration = 78
  /// The run was stopped by Ctrl-C and can be resumed.
  case interrupted = 130

  /// The status that stands for an error.
  init(_ error: any Error) {
    switch error {
    case is CancellationError: self = .interrupted
    case is ConfigurationError: self = .configuration
    case let error as StorageError:
      self = error.operation == .open ? .noInput : .inputOutput
    case let error as RunError:
      switch error.code {
      case .input: self = .noInput
      case .output: self = .inputOutput
      case .superseded: self = .superseded
      default: self = .failure
      }
    case let error as ObjectStoreError:
      switch error.code {
      case .machine: self = .inputOutput
      case .stopped: self = .interrupted
      default: self = .noInput
      }
    case let error as LedgerError: self = error.code == .diskFull ? .inputOutput : .failure
    default: self = .failure
    }
  }

  /// Runs a command's body; an error becomes one line on standard error and an exit status.
  static func reporting(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let exit as ExitCode {
      throw exit
    } catch let error where ExitStatus(error) == .interrupted {
      throw ExitCode(ExitStatus(error).rawValue)
    } catch {
      Terminal.writeError("weft: \(error)\n")
      throw ExitCode(ExitStatus(error).rawValue)
    }
  }
}
