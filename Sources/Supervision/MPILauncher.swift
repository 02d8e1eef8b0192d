internal import DurableFiles
internal import Glibc

/// A program that starts the ranks of an MPI program: mpirun, or srun in an allocation of Slurm.
package struct MPILauncher: Sendable {
  /// The reason for which ranks cannot be started.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  /// The default.
  package static let mpirun = "mpirun"
  /// The file name of the worker.
  package static let workerName = "deepspool-mpi-worker"

  private let path: String
  private let options: [String]
  private let worker: String

  /// Looks for the launcher and the worker.
  ///
  /// - Parameters:
  ///   - command: The launcher with its options, separated by blanks, such as `mpirun --hostfile hosts`.
  ///   - searchPath: The folders in which programs are searched, separated by colons.
  ///   - program: The path of this program; the worker lies in the same folder.
  /// - Throws: ``Fault`` if one of them is missing.
  package init(
    _ command: String, searchPath: String = getenv("PATH").map { String(cString: $0) } ?? "",
    program: String = Self.ownPath
  ) throws(Fault) {
    let words = command.split(separator: " ").map(String.init)
    let name = words.first ?? Self.mpirun
    guard let path = Self.find(name, searchPath: searchPath) else {
      throw Fault(
        description: "cannot find the launcher '\(name)'; install openmpi-bin, or name another one: "
          + "mpi_launcher of the daemon, --launcher of deepspool run")
    }
    worker = try Self.worker(beside: program)
    self.path = path
    options = Array(words.dropFirst())
  }

  /// Returns the path of the worker.
  ///
  /// - `program`: The path of this program; the worker lies in the same folder.
  /// - Throws: ``Fault`` if it is missing.
  static func worker(beside program: String) throws(Fault) -> String {
    let worker = "\(Paths.folder(of: program))/\(workerName)"
    guard access(worker, X_OK) == 0 else {
      throw Fault(
        description: "'\(worker)' is missing, so jobs cannot use several ranks; install the package deepspool-mpi, or "
          + "build it beside this program: DEEPSPOOL_MPI=1 swift build -c release --product \(workerName)")
    }
    return worker
  }

  /// The program that starts the ranks of a job.
  ///
  /// - Parameters:
  ///   - ranks: The number of processes.
  ///   - ranksPerNode: The number of processes on each machine; nil to leave it to the launcher.
  ///   - arguments: The arguments of the worker.
  /// - Returns: The launcher with all arguments; it talks through its standard streams.
  package func program(ranks: Int, perNode ranksPerNode: Int? = nil, _ arguments: [String]) -> WorkerSpawner.Program {
    WorkerSpawner.Program(
      path: path, arguments: [path] + options + startOptions(ranks, ranksPerNode) + [worker] + arguments,
      channel: .standardStreams)
  }

  private func startOptions(_ ranks: Int, _ ranksPerNode: Int?) -> [String] {
    if path.hasSuffix("/srun") {
      // Only rank 0 receives orders; Debian's Open MPI needs PMIx.
      return ["--mpi=pmix", "--ntasks=\(ranks)", "--input=0", "--kill-on-bad-exit=1", "--quiet"]
        + (ranksPerNode.map { ["--nodes=\(ranks / $0)", "--ntasks-per-node=\($0)"] } ?? [])
    }
    // Ranks have several threads, so they must not be bound to single cores; a machine may have fewer cores than ranks.
    var options = ["-n", "\(ranks)", "--bind-to", "none", "--oversubscribe"]
    // mpirun refuses root, to keep administrators from harm. Here root has already decided to train as root, and the
    // ranks do nothing that this process would not do itself.
    if geteuid() == 0 { options.append("--allow-run-as-root") }
    return options
  }

  private static func find(_ name: String, searchPath: String) -> String? {
    guard !name.contains("/") else { return access(name, X_OK) == 0 ? name : nil }
    return searchPath.split(separator: ":").lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// The path of this program.
  package static var ownPath: String {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &bytes, Int(PATH_MAX))
    return String(decoding: bytes[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
