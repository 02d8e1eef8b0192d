internal import DurableFiles
internal import FoundationEssentials

/// The memory available for jobs.
package enum MachineMemory {
  /// The share for jobs; the rest is for the system and the daemon.
  private static let shareForJobs = 0.8
  private static let controlGroups = "/sys/fs/cgroup"

  /// The default for the memory of all jobs together, in bytes.
  ///
  /// It is four fifths of the machine's memory, or of the service's limit (MemoryMax= of systemd,
  /// or a container's limit).
  package static var forJobs: Int {
    let machine = Double(ProcessInfo.processInfo.physicalMemory)
    return Int(shareForJobs * min(machine, serviceLimit ?? .infinity))
  }

  /// The lowest limit of the control groups of this process.
  private static var serviceLimit: Double? {
    // Files of the kernel report a size of 0, so they are read as text of unknown length.
    func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
    guard let line = text("/proc/self/cgroup")?.split(separator: "\n").first(where: { $0.hasPrefix("0::") }) else {
      return nil
    }
    var path = String(line.dropFirst(3))
    var limits: [Double] = []
    while true {
      if let limit = text("\(controlGroups)\(path)/memory.max").flatMap({ Double($0.trimmed) }) { limits.append(limit) }
      guard path.count > 1 else { return limits.min() }
      path = Paths.folder(of: path)
    }
  }
}

extension String {
  /// The text without its line end.
  fileprivate var trimmed: Substring { prefix { !$0.isNewline } }
}
