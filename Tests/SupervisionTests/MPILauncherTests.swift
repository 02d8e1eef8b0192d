import DurableFiles
import Supervision
import TestSupport
import Testing

@Suite("The launcher of ranks")
struct MPILauncherTests {
  private func folder(_ programs: [String]) throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    for name in programs {
      try FileSystem().write("#!/bin/sh\n".utf8, to: "\(folder.path)/\(name)")
      try FileSystem().setMode("\(folder.path)/\(name)", 0o755)
    }
    return folder
  }

  private func launcher(_ command: String, _ folder: TemporaryFolder) throws -> MPILauncher {
    try MPILauncher(command, searchPath: "/nowhere:\(folder.path)", program: "\(folder.path)/deepspool")
  }

  @Test("mpirun starts the worker that lies beside this program")
  func mpirun() throws {
    let folder = try folder(["mpirun", MPILauncher.workerName])
    let program = try launcher("mpirun --hostfile hosts", folder).program(ranks: 3, ["iris"])
    #expect(program.path == "\(folder.path)/mpirun")
    #expect(program.arguments.starts(with: [program.path, "--hostfile", "hosts", "-n", "3"]))
    #expect(program.arguments.suffix(2) == ["\(folder.path)/\(MPILauncher.workerName)", "iris"])
  }

  @Test("srun passes standard input to rank 0 only")
  func srun() throws {
    let folder = try folder(["srun", MPILauncher.workerName])
    let arguments = try launcher("srun", folder).program(ranks: 2, []).arguments
    #expect(arguments.contains("--input=0") && arguments.contains("--ntasks=2") && !arguments.contains("-n"))
  }

  @Test("a missing launcher and a missing worker are named with the remedy")
  func missing() throws {
    let none = #expect(throws: MPILauncher.Fault.self) { try launcher("mpirun", folder([])) }
    #expect(none?.description.contains("cannot find the launcher 'mpirun'; install openmpi-bin") == true)
    let noWorker = #expect(throws: MPILauncher.Fault.self) { try launcher("mpirun", folder(["mpirun"])) }
    #expect(noWorker?.description.contains("deepspool-mpi-worker' is missing") == true)
    #expect(noWorker?.description.contains("install the package deepspool-mpi") == true)
  }
}
