import DurableFiles
import Supervision
import TestSupport
import Testing

@Suite("Tasks of a launcher")
struct LaunchedTaskTests {
  private func found(_ variables: [String: String]) -> LaunchedTask? { LaunchedTask { variables[$0] } }

  @Test("the tasks of an srun step know their number, and whether MPI can connect them")
  func srun() throws {
    var variables = ["SLURM_STEP_ID": "0", "SLURM_PROCID": "2", "SLURM_STEP_NUM_TASKS": "4"]
    let task = try #require(found(variables))
    #expect(task.launcher == .srun && task.number == 2 && task.count == 4 && !task.isConnected)
    variables["PMIX_RANK"] = "2"
    #expect(found(variables)?.isConnected == true)
  }

  @Test("the processes of mpirun know their number")
  func mpirun() throws {
    let task = try #require(found(["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "3"]))
    #expect(task.launcher == .mpirun && task.number == 0 && task.count == 3 && task.isConnected)
  }

  @Test(
    "a process alone is no task of several",
    arguments: [
      [:], ["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "1"],
      // A batch script, whose allocation has four tasks.
      ["SLURM_JOB_ID": "7", "SLURM_PROCID": "0", "SLURM_NTASKS": "4"],
      ["SLURM_STEP_ID": "0", "SLURM_PROCID": "0", "SLURM_STEP_NUM_TASKS": "1"],
      ["SLURM_STEP_ID": "0", "SLURM_PROCID": "x", "SLURM_STEP_NUM_TASKS": "4"],
    ])
  func alone(_ variables: [String: String]) { #expect(found(variables) == nil) }

  @Test("the program of a task is the worker beside this program, which knows the number of tasks")
  func program() throws {
    let folder = TemporaryFolder()
    let task = try #require(found(["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2"]))
    #expect(throws: MPILauncher.Fault.self) { try task.program(["iris"], beside: "\(folder.path)/deepspool") }
    let worker = "\(folder.path)/\(MPILauncher.workerName)"
    try FileSystem().write("#!/bin/sh\n".utf8, to: worker)
    try FileSystem().setMode(worker, 0o755)
    let program = try task.program(["iris"], beside: "\(folder.path)/deepspool")
    #expect(program.path == worker && program.arguments == [worker, "iris", "--tasks", "2"])
  }
}
