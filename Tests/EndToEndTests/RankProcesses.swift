import Foundation

/// The worker processes of a job that a launcher of MPI has started on this machine.
struct RankProcesses {
  private static let worker = "deepspool-mpi-worker"

  /// The reason why ranks cannot be started here; nil if they can.
  static let obstacle: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    guard folders.contains(where: { access("\($0)/mpirun", X_OK) == 0 }) else {
      return "mpirun is missing; install openmpi-bin"
    }
    guard access("\(Programs.folder)/\(worker)", X_OK) == 0 else {
      return "\(Programs.folder)/\(worker) is missing; Tests/Support/build-mpi-worker.sh builds it"
    }
    return nil
  }()

  let job: String

  /// The process IDs by rank.
  func byRank() -> [Int: Int32] {
    var found: [Int: Int32] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let process = Int32(name), Self.words(process, "cmdline").first?.hasSuffix("/\(Self.worker)") == true,
        Self.words(process, "cmdline").contains(Substring(job)), let rank = Self.rank(process)
      else { continue }
      found[rank] = process
    }
    return found
  }

  private static func rank(_ process: Int32) -> Int? {
    words(process, "environ").lazy.compactMap { $0.split(separator: "=") }
      .first { $0.first == "OMPI_COMM_WORLD_RANK" }?.last.flatMap { Int($0) }
  }

  private static func words(_ process: Int32, _ file: String) -> [Substring] {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/\(file)") else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\0")
  }
}
