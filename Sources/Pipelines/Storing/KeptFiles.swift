public import Documents
internal import Foundation
internal import Hashing
internal import Storage

/// What a stage that goes on from its own files has written so far, kept in the store of its run.
///
/// An index names the objects and is written after them, so that it tells of a whole state, however the driver
/// ends. It is written anew with each state; objects that it does not name any more go.
struct KeptFiles: Codable {
  var format = "weft-kept"
  var version = 1
  /// The files, by the names they have in the run directory.
  var files: [String: StagePlan.Object] = [:]

  /// The name of the index.
  static func name(of stage: StageName) -> String { "\(folder(of: stage)).json" }

  /// Where the objects lie.
  static func folder(of stage: StageName) -> String { "work/kept/\(stage.rawValue)" }

  /// Reads the index; without one nothing is kept.
  init(of stage: StageName, in store: any RunStore) throws {
    let name = Self.name(of: stage)
    guard let bytes = try store.read(name) else { return }
    guard let found = try? JSONDecoder().decode(KeptFiles.self, from: Data(bytes)),
      found.format == "weft-kept", found.version == 1
    else {
      throw RunError(
        .damaged,
        "'\(store.address)/\(name)' is damaged or of another weft; go on with the weft that wrote it, or "
          + "remove it and begin the stage '\(stage.rawValue)' anew")
    }
    self = found
  }
}

extension RunMirror {
  /// What a stage has kept.
  func kept(of stage: StageName) throws -> KeptFiles { try KeptFiles(of: stage, in: store) }

  /// Keeps all files of some folders of the run directory, in the place of what was kept of those folders.
  func keep(_ folders: [String], of stage: StageName) throws {
    let earlier = try kept(of: stage)
    var files = earlier.files.filter { file in
      !folders.contains { file.key.hasPrefix($0 + "/") }
    }
    let attempt = PartitionCommit.newAttempt()
    for name in try folders.flatMap({ try directory.files(below: $0) }) {
      let path = directory.path(name)
      let output = PartitionManifest.Output(
        path: name, bytes: FileSystem.size(path) ?? 0, digest: try Digest(ofFile: path))
      if let known = earlier.files[name], known.output == output {
        files[name] = known
        continue
      }
      let object = "\(KeptFiles.folder(of: stage))/\(attempt)/\(name)"
      try store.upload(path, as: object)
      files[name] = StagePlan.Object(name: object, output: output)
    }
    var index = earlier
    index.files = files
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(index))
    try check()
    try store.write(bytes, as: KeptFiles.name(of: stage))
    let used = Set(files.values.map(\.name))
    for name in try store.names(beginning: KeptFiles.folder(of: stage) + "/")
    where !used.contains(name) { try remove(name) }
  }
}

extension RunDirectory {
  /// The files below a folder, by their names in the run directory, in order.
  fileprivate func files(below folder: String) throws -> [String] {
    guard Directory.isDirectory(path(folder)) else { return [] }
    return try Directory.names(in: path(folder)).sorted().flatMap { name in
      let inner = "\(folder)/\(name)"
      return Directory.isDirectory(path(inner)) ? try files(below: inner) : [inner]
    }
  }
}

extension RunContext {
  /// The files that a stage keeps in the store of the run; none where the run is in a directory alone.
  public func kept(of stage: StageName) throws -> [PartitionManifest.Output] {
    try mirror?.kept(of: stage).files.sorted { $0.key < $1.key }.map(\.value.output) ?? []
  }

  /// Brings all files that a stage keeps in some folders, in the place of what the folders hold here.
  ///
  /// - Throws: ``RunError`` where the store's bytes are not those that were kept, and what the store throws.
  public func bringKept(in folders: [String], of stage: StageName) throws {
    guard let mirror else { return }
    let files = try mirror.kept(of: stage).files
    for folder in folders {
      try Directory.remove(directory.path(folder))
      for (name, file) in files where name.hasPrefix(folder + "/") {
        try mirror.store.fetch(file.name, as: file.output, to: directory.path(name))
      }
    }
  }

  /// Keeps all files of some folders in the store of the run, so that another machine goes on from them;
  /// nothing where the run is in a directory alone.
  ///
  /// - Throws: ``RunError`` where another driver has taken over, and what the store throws.
  public func keep(_ folders: [String], of stage: StageName) throws {
    try mirror?.keep(folders, of: stage)
  }
}
