internal import DurableFiles

/// The files and folders that a command reads, which its output must neither replace nor join.
///
/// Files are compared by disk and number, so that links, hard links and other spellings of a path are recognised.
struct CommandInputs {
  private struct Identity: Equatable {
    let deviceNumber: UInt
    let fileNumber: UInt
  }

  private struct Input {
    let identity: Identity
    let isFolder: Bool
    /// The input in words, such as `the table of --frame`.
    let title: String
  }

  private static let standardInputPath = "/dev/stdin"

  private let fileSystem = FileSystem()
  private var inputs: [Input] = []

  /// Adds a file, or a folder with everything in it; a path that leads nowhere is reported by whoever reads it.
  ///
  /// - Parameters:
  ///   - path: The path; `-` is standard input, and nil is left out.
  ///   - title: The input in words, such as `the table of --frame`.
  mutating func add(_ path: String?, _ title: String) {
    guard let path, let status = status(path == "-" ? Self.standardInputPath : path) else { return }
    inputs.append(Input(identity: Self.identity(status), isFolder: status.kind == .folder, title: title))
  }

  /// Adds a model with the result folder to which it belongs.
  ///
  /// - Parameters:
  ///   - path: A result folder, its model folder, or a model file.
  ///   - option: The option that names it.
  mutating func addModel(_ path: String, option: String) {
    if let real = Paths.resolved(path), let folder = resultFolder(of: real) {
      add(folder, "the result folder of \(option)")
    }
    add(path, "the model of \(option)")
  }

  /// Returns the result folder that a path is or lies in; nil if there is none.
  private func resultFolder(of path: String) -> String? {
    var folder = path
    // A model file lies two folders below its result.
    for _ in 0..<3 {
      if fileSystem.exists("\(folder)/\(ResultFolderLayout.modelFile)") { return folder }
      folder = Paths.folder(of: folder)
    }
    return nil
  }

  /// Checks a file that the command is about to write.
  ///
  /// - Parameters:
  ///   - output: The path of the file; `-` for standard output is always accepted.
  ///   - name: What names the file, such as `--output`.
  /// - Throws: ``CommandFailure`` if the file is an input, or lies in a folder that is one.
  func check(_ output: String, _ name: String) throws(CommandFailure) {
    guard output != "-" else { return }
    let place = Paths.linkTarget(output) ?? output
    if let status = status(place), status.kind == .file,
      let input = inputs.first(where: { $0.identity == Self.identity(status) })
    {
      throw CommandFailure(.usage, "\(name) '\(output)' is \(input.title); choose another file")
    }
    for folder in folders(above: place) {
      guard let input = inputs.first(where: { $0.isFolder && $0.identity == folder }) else { continue }
      throw CommandFailure(.usage, "\(name) '\(output)' lies in \(input.title); choose a place outside it")
    }
  }

  /// Checks a folder that the command replaces with everything in it.
  ///
  /// - Parameters:
  ///   - output: The path of the folder.
  ///   - paths: The files and folders that the command reads, each with its name for people.
  /// - Throws: ``CommandFailure`` if one of them lies in the folder.
  static func check(replaced output: String, _ paths: [(path: String, name: String)]) throws(CommandFailure) {
    let inputs = CommandInputs()
    guard let folder = inputs.status(output).map(identity) else { return }
    for (path, name) in paths {
      let isInside = inputs.folders(above: path).contains(folder) || inputs.status(path).map(identity) == folder
      guard isInside else { continue }
      throw CommandFailure(
        .usage,
        "--force would replace '\(output)', in which '\(name)' lies, which the job reads; choose another --output")
    }
  }

  private func status(_ path: String) -> FileSystem.Status? {
    Paths.resolved(path).flatMap { try? fileSystem.status($0) }
  }

  private static func identity(_ status: FileSystem.Status) -> Identity {
    Identity(deviceNumber: status.deviceNumber, fileNumber: status.fileNumber)
  }

  /// Returns the folder of a path and those above it, up to the root.
  private func folders(above path: String) -> [Identity] {
    guard var folder = Paths.resolved(Paths.folder(of: path)) else { return [] }
    var identities: [Identity] = []
    while true {
      if let status = try? fileSystem.status(folder) { identities.append(Self.identity(status)) }
      guard folder != "/" else { return identities }
      folder = Paths.folder(of: folder)
    }
  }
}
