internal import Glibc

/// This process as one of several that a launcher has started with the same command, such as `srun deepspool run`.
package struct LaunchedTask: Sendable, Equatable {
  /// A launcher whose processes know their number.
  package enum Launcher: String, Sendable {
    /// The tasks of a step of Slurm.
    case srun
    /// The processes of Open MPI.
    case mpirun
  }

  package let launcher: Launcher
  /// The number of this process, from 0.
  package let number: Int
  /// The number of processes, at least 2.
  package let count: Int
  /// Whether the launcher lets its processes find each other, as MPI needs.
  package let isConnected: Bool

  /// Nil if this process was started alone.
  ///
  /// - `variables`: The value of an environment variable.
  package init?(variables: (String) -> String? = { name in getenv(name).map { String(cString: $0) } }) {
    func number(_ name: String) -> Int? { variables(name).flatMap { Int($0) } }
    if let own = number("OMPI_COMM_WORLD_RANK"), let count = number("OMPI_COMM_WORLD_SIZE") {
      self.init(.mpirun, own, count, isConnected: true)
    } else if variables("SLURM_STEP_ID") != nil, let own = number("SLURM_PROCID"),
      let count = number("SLURM_STEP_NUM_TASKS")
    {
      // Debian's Open MPI understands PMIx only.
      self.init(.srun, own, count, isConnected: variables("PMIX_RANK") != nil)
    } else {
      return nil
    }
  }

  private init?(_ launcher: Launcher, _ number: Int, _ count: Int, isConnected: Bool) {
    guard count > 1, (0..<count).contains(number) else { return nil }
    self.launcher = launcher
    self.number = number
    self.count = count
    self.isConnected = isConnected
  }
}

extension LaunchedTask {
  /// The program that is the rank of this process.
  ///
  /// - Parameters:
  ///   - arguments: The arguments of the worker.
  ///   - program: The path of this program; the worker lies in the same folder.
  /// - Returns: The worker; that of rank 0 is a child of this process, and talks through its standard streams.
  /// - Throws: ``MPILauncher/Fault`` if the worker is missing.
  package func program(
    _ arguments: [String], beside program: String = MPILauncher.ownPath
  ) throws(MPILauncher.Fault) -> WorkerSpawner.Program {
    let worker = try MPILauncher.worker(beside: program)
    return WorkerSpawner.Program(
      path: worker, arguments: [worker] + arguments + ["--tasks", "\(count)"], channel: .standardStreams)
  }

  /// Replaces this process with the program.
  ///
  /// - Returns: The error number, only if that fails.
  package static func become(_ program: WorkerSpawner.Program) -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = program.arguments.map { strdup($0) } + [nil]
    execv(program.path, &arguments)
    let code = errno
    for text in arguments { free(text) }
    return code
  }

  /// Runs rank 0 without a job, which ends the other ranks once they are connected.
  package static func endOthers(_ program: WorkerSpawner.Program) async {
    guard let process = try? await WorkerSpawner().spawn(program) else { return }
    process.closePipes()
    _ = process.wait()
  }
}
